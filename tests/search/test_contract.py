"""What every engine must answer, worked out here by hand from the same words: which passages, how many entries, in an
order that is better first and always the same.
"""

from importlib import import_module

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.models import Passage
from procedures.search import search

WORDS = ["cement", "vertebr", "fractur", "leakag", "l5", "s1", "m8008", "edema", "hemorrhag", "pedicl", "nice", "zzz", "5", "08", "1e5", "0x1f"]  # fmt: skip


@pytest.fixture
def engine():
    return import_module(f"procedures.search.engines.{connection.vendor}")


def _words_by_passage():
    columns = ("stems_title", "stems_names", "stems_heading", "stems_text")
    return {
        passage.pk: (passage.entry_id, {word for column in columns for word in getattr(passage, column).split()})
        for passage in Passage.objects.all()
    }


def test_engine_matches_what_holds_the_words(engine, db):
    passages = _words_by_passage()

    @settings(max_examples=60)
    @given(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True),
        st.booleans(),
        st.sampled_from([None, "procedure", "condition", "term"]),
    )
    def law(stems, every, kind):
        holds = all if every else any
        expected = {
            pk
            for pk, (entry, words) in passages.items()
            if holds(stem in words for stem in stems) and (kind is None or entry.startswith(f"{kind}:"))
        }
        found = engine.match(tuple(stems), every, kind, 1000)
        scores = [score for _, score in found]
        assert {pk for pk, _ in found} == expected
        assert len(found) == len(expected)
        assert scores == sorted(scores, reverse=True)
        assert engine.match(tuple(stems), every, kind, 1000) == found
        assert engine.match(tuple(stems), every, kind, 2) == found[:2]
        assert engine.count(tuple(stems), every, kind) == len({passages[pk][0] for pk in expected})

    law()


@pytest.mark.parametrize("stem", ["1e5", "0x1f", "08", "m8008", "5", "t11", "a" * 200, "or", "and", "not", "near"])
def test_engine_takes_any_stem_as_one_word(stem, engine, db):
    passage = Passage.objects.create(entry_id="topic:bone-cement", position=99, stems_text=f"x {stem} y")

    assert passage.pk in [pk for pk, _ in engine.match((stem,), True, "topic", 10)]
    assert engine.count((stem,), True, "topic") == 1


def test_engine_forgets_passages_that_are_gone(engine, db):
    passage = Passage.objects.create(entry_id="topic:bone-cement", position=99, stems_text="quokka")
    assert engine.count(("quokka",), True, None) == 1

    passage.delete()

    assert engine.match(("quokka",), True, None, 10) == []
    assert engine.count(("quokka",), True, None) == 0


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("vertebroplasty", "procedure:vertebroplasty"),
        ("VP", "procedure:vertebroplasty"),
        ("percutaneous vertebroplasty", "procedure:vertebroplasty"),
        ("vcf", "condition:vertebral-fracture"),
        ("M80.08", "condition:vertebral-fracture"),
        ("m8008", "condition:vertebral-fracture"),
        ("marrow oedema", "condition:marrow-edema"),
        ("Marrow Edema", "condition:marrow-edema"),
        ("kummell", "condition:kummell-disease"),
        ("KÜMMELL disease", "condition:kummell-disease"),
        ("clark2016", "reference:clark2016"),
        ("27544377", "reference:clark2016"),
        ("10.1016/S0140-6736(16)31341-1", "reference:clark2016"),
        ("PMMA", "term:pmma"),
        ("hemorrhage", "condition:vertebral-fracture"),
        ("L5/S1", "case:t11"),
        ("working time", "topic:bone-cement"),
    ],
)
def test_name_code_or_word_finds_its_entry_first(query, first, db):
    found = search(query).results[0]

    assert f"{found.kind}:{found.slug}" == first


@pytest.mark.parametrize(
    ("query", "anchor"),
    [
        ("medial wall", "access"),
        ("posterior quarter lateral view", "inject-cement"),
        ("cement beyond the cortex", "leakage"),
        ("risk of waiting", "pregnant"),
        ("warm room", "working-time"),
        ("special arrangements", "nice-2003"),
    ],
)
def test_words_of_a_part_lead_to_the_part(query, anchor, db):
    found = search(query).results[0]

    assert found.anchor == anchor
    assert found.url.endswith(f"#{anchor}")


def test_kind_that_is_none_narrows_nothing(db):
    assert search("cement", kind="drug").count == search("cement").count


def test_snippet_is_text_not_html(db):
    pieces = search("cement leaks").results[0].snippet

    assert any(piece.marked for piece in pieces)
    assert all("<mark" not in piece.text for piece in pieces)
