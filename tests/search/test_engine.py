"""The contract of every engine, run on the database under test."""

import pytest

from procedures.editorial import actions
from procedures.models import Manuscript, Passage
from procedures.search import search
from tests.search.test_query import HOSTILE


def found(text, **options):
    return [(result.kind, result.slug) for result in search(text, **options).results]


def test_the_entry_of_that_name_comes_first(db):
    assert found("Vertebroplasty")[0] == ("procedure", "vertebroplasty")
    assert found("PVP")[0] == ("procedure", "vertebroplasty")


def test_a_hit_names_the_part_that_answers(shipped):
    result = next(r for r in search("medial wall pedicle canal breach").results if r.kind == "procedure")
    assert result.anchor
    assert result.url.endswith(f"#{result.anchor}")


def test_snippet_marks_the_words(shipped):
    result = search("cement lung").results[0]
    marked = {piece.text.lower() for piece in result.snippet if piece.marked}
    assert marked
    assert all(text.startswith(("cement", "lung")) for text in marked)


def test_kind_narrows(shipped):
    assert {kind for kind, _ in found("cement", kind="topic")} == {"topic"}


def test_all_words_come_before_some(shipped):
    results = search("piriformis zzzunknown")
    assert results.every is False
    assert results.results
    assert search("piriformis").every is True


def test_british_and_american_spelling_find_the_same(shipped):
    assert found("haemangioma") == found("hemangioma")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("OVCF", ("condition", "osteoporotic-vertebral-compression-fracture")),
        ("M80.08XA", ("condition", "osteoporotic-vertebral-compression-fracture")),
        ("Kümmell disease", ("condition", "kummell-disease")),
        ("Kummell disease", ("condition", "kummell-disease")),
        ("PKP", ("procedure", "kyphoplasty")),
        ("cement leakage", ("complication", "cement-leakage")),
        ("piriformis syndrome", ("condition", "piriformis-syndrome")),
        ("INR 2.1 SI joint", ("topic", "periprocedural-bleeding-risk")),
    ],
)
def test_what_residents_type_finds_its_entry(shipped, query, expected):
    assert expected in found(query)[:3]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_answer(db, text):
    results = search(text)
    assert results.count >= len(results.results) >= 0


def test_work_is_bounded(shipped, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        search("cement leakage lung embolism vertebra fracture patient " * 30)


def test_pages_do_not_overlap(shipped):
    first, second = found("cement", limit=10), found("cement", limit=10, offset=10)
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)


def test_publishing_touches_its_own_passages_only(db):
    others = set(Passage.objects.exclude(entry_id="topic:bone-cement").values_list("pk", flat=True))
    row = Manuscript.objects.select_related("latest").get(kind="topic", slug="bone-cement")
    text = row.latest.text.rstrip("\n") + "\n\n## A new part\n\nQuokka.\n"
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=None, based_on=row.latest.number)
    assert not found("quokka")
    actions.publish(kind="topic", slug="bone-cement", by=None)
    assert found("quokka") == [("topic", "bone-cement")]
    assert search("quokka").results[0].anchor == "a-new-part"
    assert set(Passage.objects.exclude(entry_id="topic:bone-cement").values_list("pk", flat=True)) == others


def test_withdrawn_entries_are_not_found(db):
    assert ("condition", "kummell-disease") in found("Kümmell disease")
    actions.withdraw(kind="condition", slug="kummell-disease", by=None, note="Test.")
    assert ("condition", "kummell-disease") not in found("Kümmell disease")


def test_rebuilding_changes_nothing(db):
    before = list(
        Passage.objects.order_by("entry_id", "position").values_list("entry_id", "anchor", "text", "stems_text")
    )
    actions.rebuild_search()
    after = list(
        Passage.objects.order_by("entry_id", "position").values_list("entry_id", "anchor", "text", "stems_text")
    )
    assert before == after
