"""One walk over the data of any document, guided by its schema: what it links to and what it cites.

The data is what front matter holds (dict, list, str), so that a document with faults can be walked too.
"""

import types
import typing
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from procedures.documents.schema import KINDS
from procedures.documents.schema.types import Cites, Markdown, Refers, RefersAny
from procedures.text import marks, sections

_MARKERS = (Cites, Markdown, Refers, RefersAny)


@dataclass(frozen=True)
class Mention:
    """An entry or a part of one that a document names. `line` counts from 0 within the field's text.

    `part` is None for the whole entry; `cited` tells a citation from a link.
    """

    path: tuple
    line: int
    kind: str
    slug: str
    part: str | None = None
    cited: bool = False


@cache
def _plan(annotation, markers=()):
    """How to walk a type: a marker, ("list", plan), ("part", {name: plan}) or None."""
    for marker in markers:
        if isinstance(marker, _MARKERS):
            return marker
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return _plan(inner, tuple(m for m in more if isinstance(m, _MARKERS)))
    if origin is list:
        plan = _plan(typing.get_args(annotation)[0])
        return plan and ("list", plan)
    if origin in (types.UnionType, typing.Union):
        return next(filter(None, (_plan(arg) for arg in typing.get_args(annotation))), None)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        plans = {
            field.alias or name: _plan(field.annotation, tuple(m for m in field.metadata if isinstance(m, _MARKERS)))
            for name, field in annotation.model_fields.items()
        }
        return ("part", {name: plan for name, plan in plans.items() if plan})
    return None


def _leaves(plan, value, path):
    if isinstance(plan, tuple) and plan[0] == "list":
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _leaves(plan[1], item, (*path, index))
    elif isinstance(plan, tuple):
        if isinstance(value, dict):
            for name, child in plan[1].items():
                if name in value:
                    yield from _leaves(child, value[name], (*path, name))
    elif isinstance(value, str) and value:
        yield plan, value, path


def mentions(kind, data):
    """(mentions, [(path, line, message)]): all that the data links to or cites, and mistyped marks."""
    found, faults = [], []
    for marker, value, path in _leaves(_plan(KINDS[kind]), data, ()):
        if isinstance(marker, Refers):
            found.append(Mention(path, 0, marker.kind, value))
        elif isinstance(marker, Cites):
            found.append(Mention(path, 0, "reference", value, cited=True))
        elif isinstance(marker, RefersAny):
            target, _, part = value.partition("#")
            other, _, slug = target.partition(":")
            if slug:  # without a colon it is no name of an entry: the schema says so
                found.append(Mention(path, 0, other, slug, part or None))
        else:
            links, citations, mistyped = marks.find(value)
            found += [Mention(path, link.line, link.kind, link.slug, link.part) for link in links]
            found += [Mention(path, cite.line, "reference", cite.key, cited=True) for cite in citations]
            faults += [(path, line, message) for line, message in mistyped]
    return found, faults


def renamed(kind, data, target_kind, old, new):
    """A copy of the data in which every mention of `target_kind:old` names `new` instead."""

    def change(marker, value):
        if isinstance(marker, Refers | Cites):
            own = marker.kind if isinstance(marker, Refers) else "reference"
            return new if (own, value) == (target_kind, old) else value
        if isinstance(marker, RefersAny):
            target, hash_, part = value.partition("#")
            return f"{target_kind}:{new}{hash_}{part}" if target == f"{target_kind}:{old}" else value
        return marks.renamed(value, target_kind, old, new)

    return _rebuilt(_plan(KINDS[kind]), data, change)


def _rebuilt(plan, value, change):
    if isinstance(plan, tuple) and plan[0] == "list" and isinstance(value, list):
        return [_rebuilt(plan[1], item, change) for item in value]
    if isinstance(plan, tuple) and plan[0] == "part" and isinstance(value, dict):
        return {
            name: _rebuilt(plan[1][name], item, change) if name in plan[1] else item for name, item in value.items()
        }
    if plan is not None and not isinstance(plan, tuple) and isinstance(value, str):
        return change(plan, value)
    return value


def part_ids(kind, data):
    """(path, id) of every part that has an id, in page order."""
    for field in KINDS[kind].part_fields:
        parts = data.get(field)
        for index, part in enumerate(parts if isinstance(parts, list) else []):
            if isinstance(part, dict) and isinstance(part.get("id"), str):
                yield (field, index, "id"), part["id"]


def anchors(kind, data):
    """Every anchor that a link to this document may name: parts, lists of parts, sections."""
    found = {part_id for _, part_id in part_ids(kind, data)}
    found |= {field for field in KINDS[kind].part_fields if data.get(field)}
    body = data.get("body")
    return found | {section.id for section in sections.split(body if isinstance(body, str) else "") if section.id}
