"""Data ↔ posted values, parts that are added, removed and moved, faults at their fields. No database."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from procedures.admin import forms
from procedures.admin.fields import fields_of
from procedures.admin.sheet import Sheet
from procedures.documents.read import read_data
from procedures.documents.schema import KINDS
from procedures.documents.write import to_data, write
from procedures.models import PLURALS
from tests import strategies, worlds

every_kind = pytest.mark.parametrize("kind", KINDS)
SEEDS = settings.BASE_DIR / "seeds"


@every_kind
def test_form_and_data_are_the_same(kind):
    root = fields_of(kind)

    @given(strategies.documents(kind))
    def law(document):
        data = to_data(document)
        back = forms.prune(forms.parse(root, forms.flat(root, data)))
        assert back == data
        assert write(read_data(kind, "x", back).document) == write(document)

    law()


@every_kind
def test_every_shipped_entry_comes_back_as_the_same_text(kind):
    root, paths = fields_of(kind), sorted((SEEDS / PLURALS[kind]).glob("*.md"))
    assert paths

    for path in paths:
        text = path.read_text(encoding="utf-8")
        sheet = Sheet.of_text(kind, path.stem, text)
        assert sheet.document, path
        again = Sheet.of_data(kind, path.stem, forms.prune(forms.parse(root, forms.flat(root, sheet.data))))
        assert again.text == write(sheet.document), path


@every_kind
@given(data=st.dictionaries(strategies.raw_text, st.lists(strategies.raw_text, max_size=2), max_size=5))
def test_anything_posted_gives_data(kind, data):
    root = fields_of(kind)
    parsed = forms.prune(forms.parse(root, data))

    assert forms.shows(root, parsed)
    read_data(kind, "x", parsed)


def test_posted_numbers_only_order_the_parts():
    posted = {"author.9.family": ["Bird"], "author.2.family": ["Clark"], "author.99999999.family": ["Nobody"]}

    assert forms.parse(fields_of("reference"), posted) == {"author": [{"family": "Clark"}, {"family": "Bird"}]}


def test_parse_leaves_out_what_is_empty_but_keeps_a_part_just_added():
    posted = {"title": ["  "], "synonyms": ["\r\n a \r\n\r\n b"], "codes.1.code": [""], "body": ["x\r\ny"]}
    data = forms.parse(fields_of("topic"), posted) | forms.parse(fields_of("condition"), posted)

    assert data == {"synonyms": ["a", "b"], "codes": [{}], "body": "x\ny"}
    assert forms.prune(data) == {"synonyms": ["a", "b"], "body": "x\ny"}


@pytest.mark.parametrize(
    "data",
    [
        {"titel": "x"},
        {"title": ["x"]},
        {"synonyms": "x"},
        {"synonyms": ["a\nb"]},
        {"at_a_glance": "x"},
        {"steps": [{"body": {"x": "y"}}]},
        {"steps": ["x"]},
        {"title": "two\nlines"},
        {"title": "nul\x00"},
        {"title": ""},
    ],
)
def test_data_that_the_form_would_lose_is_not_shown_in_it(data):
    assert not forms.shows(fields_of("procedure"), data)


def test_unknown_choices_are_shown():
    data = {"at_a_glance": {"family": "magic", "regions": ["lumbar", "tail"]}}
    root = fields_of("procedure")
    node, _ = forms.bind(root, data)
    glance = next(each for each in node.nodes if each.field.name == "at_a_glance")

    assert forms.shows(root, data)
    assert glance.nodes[0].options[-1] == ("magic", "magic (not a choice)", True)
    assert [code for code, _, chosen in glance.nodes[1].options if chosen] == ["lumbar", "tail"]


# -- parts


def steps(*titles, **more):
    return {"steps": [{"title": title} for title in titles]} | more


@pytest.mark.parametrize(
    ("wish", "titles", "shown"),
    [
        ("up:steps.2", "BAC", "steps.1"),
        ("up:steps.1", "ABC", "steps.1"),
        ("down:steps.2", "ACB", "steps.3"),
        ("down:steps.3", "ABC", "steps.3"),
        ("remove:steps.2", "AC", "steps"),
    ],
)
def test_parts_move_and_go(wish, titles, shown):
    data = steps(*"ABC")

    assert forms.change(fields_of("procedure"), data, wish) == shown
    assert [step["title"] for step in data["steps"]] == list(titles)


def test_parts_are_added_at_any_depth():
    root, data = fields_of("procedure"), steps("A")

    assert forms.change(root, data, "add:steps") == "steps.2"
    assert forms.change(root, data, "add:steps.2.hazards") == "steps.2.hazards.1"
    assert forms.change(root, data, "add:steps.1.schematic.instruments") == "steps.1.schematic.instruments.1"
    assert forms.change(root, data, "add:steps.1.schematic.instruments.1.points")
    assert data == {
        "steps": [{"title": "A", "schematic": {"instruments": [{"points": [{}]}]}}, {"hazards": [{}]}],
    }


@pytest.mark.parametrize(
    "wish",
    [
        "", "save", "add:", "add:title", "add:nowhere", "add:at_a_glance", "add:steps.9.hazards", "add:steps.hazards",
        "add:steps.1", "remove:steps.0", "remove:steps.4", "remove:steps", "up:steps.x", "down:steps.-1",
        "remove:synonyms.1", "add:steps.1.hazards.1.2.3.4.5.6.7.8.9.10.11.12.13.14",
    ],
)  # fmt: skip
def test_changes_that_no_button_asks_for_are_refused(wish):
    with pytest.raises(ValueError):
        forms.change(fields_of("procedure"), steps(*"ABC"), wish)


# -- faults


def fault(field, message="wrong"):
    return SimpleNamespace(field=field, message=message)


def nodes(node):
    yield node
    for child in (*node.nodes, *node.parts):
        yield from nodes(child)


def bound(data, *faults, kind="procedure"):
    root, places = forms.bind(fields_of(kind), data, faults=faults)
    return {node.name: node for node in nodes(root)}, places


def test_fault_stands_at_its_field():
    found, places = bound(steps("A", "B"), fault("steps.2.title"))

    assert found["steps.2.title"].faults == ["wrong"]
    assert (places[0].id, places[0].label) == ("f-steps.2.title", "Steps 2 › Title")
    assert found["steps.2"].is_open and not found["steps.1"].is_open


@pytest.mark.parametrize(
    ("where", "at", "message"),
    [
        ("tags.3", "tags", "line 3: wrong"),
        ("at_a_glance.regions.2", "at_a_glance.regions", "line 2: wrong"),
        ("steps.1.whatever", "steps.1", "whatever: wrong"),
        ("steps.1.schematic.view", "steps.1.schematic.view", "wrong"),
        ("steps.7.title", "steps", "7.title: wrong"),
        ("steps", "steps", "wrong"),
        ("at_a_glance", "at_a_glance", "wrong"),
    ],
)
def test_fault_without_a_field_of_its_own_stands_at_the_nearest(where, at, message):
    found, places = bound(steps("A"), fault(where))

    assert found[at].faults == [message]
    assert [place.id for place in places] == [f"f-{at}"]


def test_fault_of_the_whole_entry_is_in_the_summary_only():
    found, places = bound({}, fault("front matter"))

    assert [(place.id, place.label) for place in places] == [(None, "front matter")]
    assert not any(node.faults for name, node in found.items() if name)


@every_kind
def test_no_fault_is_dropped(kind):
    data = {"title": "", "tags": ["B", "a"], "steps": [{"hazards": [{}]}], "author": [{}], "stances": [{}], "zz": "x"}
    faults = read_data(kind, "x", data).faults
    _, places = forms.bind(fields_of(kind), data, faults=faults)

    assert len(places) == len(faults) > 0


def test_described_by_names_what_is_there():
    found, _ = bound(steps("A"), fault("steps.1.check"))

    assert found["steps.1.check"].described_by == "f-steps.1.check-help f-steps.1.check-faults"
    assert found["steps.1.title"].described_by == ""


def test_part_is_headed_by_what_tells_it_apart():
    found, _ = bound(to_data(worlds.document("procedure", "vertebroplasty")))

    assert found["steps.1"].heading == "access · Pass the pedicle · access"
    assert found["risks.1"].heading == "leakage · cement-leakage · Fresh fractures, CT after the procedure"
