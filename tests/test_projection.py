"""Rows ↔ documents: what is applied is read back without loss, and nothing else is touched."""

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings

from procedures.documents.schema import KINDS
from procedures.documents.write import write
from procedures.models import MODELS, Citation, Code, Facet, Hazard, Link, Stance, Step, TaggedEntry, entry_id
from procedures.projection import apply, document_of, remove
from tests import strategies, worlds


def _read_back(kind, slug):
    return document_of(MODELS[kind].objects.get(pk=entry_id(kind, slug)))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_say_what_the_document_says(kind, db):
    @settings(max_examples=25)
    @given(strategies.documents(kind, known=worlds.TEXTS))
    def law(document):
        with transaction.atomic():
            apply("new", document, version=1, at=timezone.now())
            connection.check_constraints()
            found = _read_back(kind, "new")
            transaction.set_rollback(True)
        assert found == document
        assert write(found) == write(document)

    law()


@pytest.mark.parametrize("kind", KINDS)
def test_second_document_replaces_the_first(kind, db):
    documents = strategies.documents(kind, known=worlds.TEXTS)

    @settings(max_examples=10)
    @given(documents, documents)
    def law(first, second):
        with transaction.atomic():
            apply("new", first, version=1, at=timezone.now())
            apply("new", second, version=2, at=timezone.now())
            connection.check_constraints()
            found = _read_back(kind, "new")
            transaction.set_rollback(True)
        assert write(found) == write(second)

    law()


@pytest.mark.parametrize(("kind", "slug"), worlds.TEXTS)
def test_world_is_read_back_as_it_was_written(kind, slug, db):
    assert write(_read_back(kind, slug)) == worlds.TEXTS[kind, slug]


@pytest.mark.parametrize("table", [Citation, Code, Facet, Hazard, Link, Stance, Step, TaggedEntry])
def test_apply_leaves_rows_of_others_alone(table, db):
    owner = {Hazard: "step__entry", Citation: "source", Link: "source", TaggedEntry: "content_object"}.get(
        table, "entry"
    )
    others = table.objects.exclude(**{owner: "procedure:vertebroplasty"}).order_by("pk")
    before = list(others.values())

    apply("vertebroplasty", worlds.document("procedure", "vertebroplasty"), version=2, at=timezone.now())

    assert list(others.values()) == before


def test_apply_twice_leaves_the_same_rows(db):
    slug = "vertebroplasty"
    apply(slug, worlds.document("procedure", slug), version=2, at=timezone.now())
    apply(slug, worlds.document("procedure", slug), version=2, at=timezone.now())

    assert write(_read_back("procedure", slug)) == worlds.TEXTS["procedure", slug]
    assert Step.objects.filter(entry="procedure:vertebroplasty").count() == 2
    assert TaggedEntry.objects.filter(content_object="procedure:vertebroplasty").count() == 2


def test_mentions_know_their_anchor(db):
    links = set(Link.objects.filter(source="procedure:vertebroplasty").values_list("path", "anchor", "target"))

    assert {
        ("summary", "", "condition:vertebral-fracture"),
        ("indications.0.condition", "painful-fracture", "condition:vertebral-fracture"),
        ("steps.0.hazards.0.complication", "access", "complication:cement-leakage"),
        ("risks.0.complication", "leakage", "complication:cement-leakage"),
        ("body", "cement-volume", "complication:cement-leakage"),
    } <= links


def test_citations_know_their_place(db):
    cited = set(Citation.objects.filter(source="procedure:vertebroplasty").values_list("path", "anchor", "reference"))

    assert {
        ("summary", "", "reference:clark2016"),
        ("at_a_glance.citations.0", "at-a-glance", "reference:nice2013"),
        ("steps.0.hazards.0.citations.0", "access", "reference:clark2016"),
        ("studies.0.reference", "trial", "reference:clark2016"),
        ("body", "where-sources-disagree", "reference:nice2013"),
    } <= cited


def test_facets_are_those_of_the_document(db):
    found = set(Facet.objects.filter(entry="procedure:vertebroplasty").values_list("vocabulary", flat=True))

    assert {"family:augmentation", "region:thoracic", "region:lumbar", "guidance:ct", "strength:selected"} <= found
    assert "strength:indicated" not in found


def test_remove_takes_all_rows_of_an_entry(db):
    remove("condition", "kummell-disease")

    assert not MODELS["condition"].objects.filter(slug="kummell-disease").exists()
    assert not Link.objects.filter(source="condition:kummell-disease").exists()
    assert not Facet.objects.filter(entry="condition:kummell-disease").exists()
