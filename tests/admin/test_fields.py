"""The field tree shows every field of every schema, with what may be written in it."""

import pytest
from pydantic import BaseModel

from procedures.admin.fields import _unwrapped, fields_of
from procedures.documents.schema import KINDS


def found(root, path):
    for name in path.split("."):
        root = next(field for field in root.fields if field.name == name)
    return root


def names(root):
    for field in root.fields:
        yield field.name
        yield from (f"{field.name}.{name}" for name in names(field))


def names_of_schema(schema):
    for name, info in schema.model_fields.items():
        own = info.alias or name
        base = _unwrapped(info.annotation)[0]
        yield own
        if issubclass(base, BaseModel):
            yield from (f"{own}.{inner}" for inner in names_of_schema(base))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_schema_is_in_the_form(kind):
    assert sorted(names(fields_of(kind))) == sorted(names_of_schema(KINDS[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_body_stands_last(kind):
    assert fields_of(kind).fields[-1].name == "body"


@pytest.mark.parametrize(
    ("kind", "path", "sort", "required", "hint"),
    [
        ("procedure", "title", "line", True, ""),
        ("procedure", "summary", "text", True, "Markdown"),
        ("procedure", "synonyms", "lines", False, "one a line"),
        ("procedure", "review_by", "date", False, "year-month-day, such as 2026-11-20"),
        ("procedure", "at_a_glance", "group", True, ""),
        ("procedure", "at_a_glance.family", "choice", True, ""),
        ("procedure", "at_a_glance.regions", "choices", False, ""),
        ("procedure", "steps.hazards", "parts", False, ""),
        ("procedure", "steps.citations", "lines", True, "keys of references; one a line"),
        ("procedure", "steps.schematic.instruments.points.x", "number", True, "-10 to 10"),
        ("procedure", "risks.incidence.percent", "number", False, "0 to 100"),
        ("procedure", "risks.incidence.total", "number", False, "whole number; at least 1"),
        ("procedure", "studies.n", "number", False, "whole number; at least 0"),
        ("procedure", "indications.condition", "line", True, "the slug of a condition"),
        ("procedure", "indications.given", "lines", False, "slugs of condition entries; one a line"),
        ("reference", "retracted", "flag", False, ""),
        ("reference", "PMID", "line", False, "of the form ^[0-9]{1,9}$"),
        ("case", "teaches", "lines", False, "kind:slug or kind:slug#part; one a line"),
    ],
)
def test_field_is_shown_as(kind, path, sort, required, hint):
    field = found(fields_of(kind), path)

    assert (field.sort, field.required, field.hint) == (sort, required, hint)


def test_field_carries_help_default_and_vocabulary():
    root = fields_of("procedure")

    assert found(root, "risks.incidence.events").help == "n: how many had the event."
    assert found(root, "studies.n_of").default == "patients"
    assert found(root, "steps.phase").vocabulary == "phase"
    assert found(root, "steps.hazards.complication").names == "complication"
    assert found(root, "related").names == "entry"
