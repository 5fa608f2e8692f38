"""The world of the tests is what the other tests take it for."""

import pytest

from procedures.documents.read import read
from procedures.documents.write import write
from procedures.models import Entry
from tests import worlds


@pytest.mark.parametrize(("kind", "slug"), worlds.TEXTS)
def test_world_texts_are_canonical(kind, slug):
    reading = read(kind, slug, worlds.TEXTS[kind, slug])

    assert reading.faults == []
    assert write(reading.document) == worlds.TEXTS[kind, slug]


def test_world_is_published(db):
    assert set(Entry.objects.values_list("kind", "slug")) == set(worlds.TEXTS)


def test_shipped_world_is_another_database(shipped):
    assert Entry.objects.count() > 500
    assert not Entry.objects.filter(slug="vertebral-fracture").exists()
