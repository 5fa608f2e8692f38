"""The canonical form of values: one way to write each."""

import pytest

from procedures.documents.read import read, slug_is_valid
from procedures.documents.schema import KINDS
from procedures.documents.write import write
from tests import worlds


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("8.0", "8"),
        ("8.50", "8.5"),
        ("0.0001", "0.0001"),
        ("1e2", "100"),
        ("100.", "100"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("+5", "5"),
        ("050", "50"),
    ],
)
def test_number_has_one_form(written, canonical):
    text = worlds.changed("procedure", "vertebroplasty").replace("    value: 23\n", f"    value: {written}\n")

    assert f"    value: {canonical}\n" in write(read("procedure", "x", text).document)


@pytest.mark.parametrize("number", ["0.00001", "1234567890123", "nan", "inf", "-inf", "1,5", "5%", ""])
def test_number_that_cannot_be_kept_is_refused(number):
    text = worlds.changed("procedure", "vertebroplasty").replace("    value: 23\n", f"    value: '{number}'\n")

    assert [fault.field for fault in read("procedure", "x", text).faults] == ["studies.1.effect.value"]


@pytest.mark.parametrize("word", ["true", "yes", "True", "1"])
def test_truth_is_written_true(word):
    text = worlds.changed("reference", "nice2013", retracted=word)

    assert "retracted: true\n" in write(read("reference", "x", text).document)


def test_default_is_not_written():
    assert "retracted" not in write(
        read("reference", "x", worlds.changed("reference", "nice2013", retracted="no")).document
    )


def test_sets_have_one_order():
    text = worlds.changed("procedure", "vertebroplasty", tags=["spine", "cement"])

    assert write(read("procedure", "x", text).document) == worlds.TEXTS["procedure", "vertebroplasty"]


def test_codes_stand_in_the_order_of_their_vocabulary():
    text = worlds.TEXTS["procedure", "vertebroplasty"].replace(
        "  - thoracic\n  - lumbar\n", "  - lumbar\n  - thoracic\n"
    )

    assert write(read("procedure", "x", text).document) == worlds.TEXTS["procedure", "vertebroplasty"]


@pytest.mark.parametrize(("field", "year"), [("issued", "２０１６"), ("PMID", "١٢٣"), ("PMCID", "PMC१२३")])
def test_digits_of_other_scripts_are_no_identifier(field, year):
    assert read("reference", "x", worlds.changed("reference", "nice2013", **{field: year})).document is None


def test_every_kind_has_a_plural_folder_and_a_world():
    assert {kind for kind, _ in worlds.TEXTS} == set(KINDS)


@pytest.mark.parametrize(("kind", "slug", "valid"), [("topic", "a_b", False), ("reference", "a_b", True), ("topic", "a-1", True), ("topic", "a\n", False)])  # fmt: skip
def test_slug_cases(kind, slug, valid):
    assert slug_is_valid(kind, slug) is valid
