"""Rows ↔ Document. `apply` writes a document into the rows, `document_of` reads it back, without loss.

Columns are named after the schema's fields, nested fields with an underscore between (`incidence_low`), so that
one rule serves every kind. Lists of records are tables of their own; citations and links are the document's
mentions. Status, permission and revisions are not known here.
"""

import bisect

from django.db import models
from pydantic import BaseModel
from taggit.models import Tag

from procedures.documents.schema import KINDS
from procedures.documents.schema.schematic import Schematic
from procedures.documents.walk import mentions
from procedures.documents.write import to_data
from procedures.models import (
    MODELS,
    Citation,
    Code,
    Contraindication,
    Equipment,
    Facet,
    Hazard,
    Indication,
    Link,
    Risk,
    Stance,
    Step,
    Study,
    TaggedEntry,
    entry_id,
)
from procedures.text.clean import fold

# Which table holds which list of records.
PARTS = {
    "procedure": {
        "indications": Indication,
        "contraindications": Contraindication,
        "equipment": Equipment,
        "steps": Step,
        "risks": Risk,
        "studies": Study,
        "codes": Code,
    },
    "condition": {"codes": Code, "stances": Stance},
    "complication": {"codes": Code},
}

# Fields whose names a Django model needs for itself.
_RENAMED = {"id": "part_id", "check": "check_for"}

# Which fields lists are narrowed by, and the vocabulary of each.
FACETS = {
    "procedure": {
        "at_a_glance.family": "family",
        "at_a_glance.regions": "region",
        "at_a_glance.guidance": "guidance",
        "at_a_glance.approaches": "approach",
        "at_a_glance.anesthesia": "anesthesia",
        "indications.strength": "strength",
    },
    "condition": {"type": "condition-type"},
    "case": {"age_band": "age-band", "sex": "sex"},
    "reference": {"evidence": "evidence", "seen": "seen"},
}


def apply(slug, document, *, version, at):
    """Make the rows of one entry say what the document says; inside a transaction of the caller's.

    Foreign keys are checked at commit, so that entries which name each other can be applied in any order.
    """
    kind = document.kind
    model = MODELS[kind]
    identity = entry_id(kind, slug)
    columns, many = _columns(model, document)
    _clear(kind, identity)
    entry = model(
        id=identity,
        kind=kind,
        slug=slug,
        sort_key=(fold(document.title) or slug)[:600],
        version=version,
        published_at=at,
        **columns,
    )
    entry.save()
    for name, slugs in many.items():
        _relate(model, name, [(entry.pk, slugs)])
    for field, table in PARTS.get(kind, {}).items():
        _apply_parts(table, identity, getattr(document, field))
    _apply_mentions(kind, identity, document)
    _apply_tags(identity, document.tags)
    _apply_facets(kind, identity, document)
    return entry


def remove(kind, slug):
    """Delete an entry's rows. Raises ProtectedError where a record of another entry rests on it."""
    identity = entry_id(kind, slug)
    _clear(kind, identity)
    MODELS[kind].objects.get(pk=identity).delete()


def document_of(entry):
    """The document that the rows of this entry (of its kind's own model) say."""
    citations = _citations_by_path(entry.pk)
    schema = KINDS[entry.kind]
    data = _data(schema, entry, citations, "")
    data["tags"] = sorted(entry.tags.values_list("name", flat=True))
    for field, table in PARTS.get(entry.kind, {}).items():
        data[schema.model_fields[field].alias or field] = _parts_data(schema, field, table, entry.pk, citations)
    return schema.model_validate(data)


# -- columns ------------------------------------------------------------------------------------------------


def _columns(model, part, prefix=""):
    """({column: value}, {many-to-many name: slugs}) of one schema value."""
    columns, many = {}, {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        column = _RENAMED.get(name, prefix + name)
        if isinstance(value, BaseModel) and not isinstance(value, Schematic):
            nested, _ = _columns(model, value, f"{column}_")
            columns |= nested
        elif (field := _field(model, column)) is None:
            continue
        elif isinstance(field, models.ManyToManyField):
            many[name] = value
        elif isinstance(field, models.ForeignKey):
            columns[field.attname] = value and entry_id(_kind_of(field), value)
        elif isinstance(field, models.JSONField):
            columns[column] = _json(value)
        else:
            columns[column] = value
    return columns, many


def _json(value):
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return [_json(item) for item in value] if isinstance(value, list) else value


def _field(model, name):
    """The model's own field of this name; None for what stands in other tables (citations, tags, parts)."""
    field = _fields(model).get(name)
    return field if field is not None and (field.concrete or isinstance(field, models.ManyToManyField)) else None


def _fields(model):
    return {field.name: field for field in [*model._meta.fields, *model._meta.many_to_many] if field.name != "tags"}


def _kind_of(field):
    return field.related_model._meta.model_name


def _data(schema, row, citations, path, prefix=""):
    """The schema's fields as read from a row: plain values for `model_validate`."""
    data = {}
    for name, info in schema.model_fields.items():
        key = info.alias or name
        column = _RENAMED.get(name, prefix + name)
        if name == "citations":
            data[key] = citations.get(path, [])
            continue
        nested = _nested(info.annotation)
        if nested is not None and nested is not Schematic:
            inner = _data(nested, row, citations, _join(path, name), f"{column}_")
            if any(value not in (None, []) for value in inner.values()):
                data[key] = inner
            continue
        field = _field(type(row), column)
        if field is None:
            continue
        if isinstance(field, models.ManyToManyField):
            data[key] = sorted(_slug(target.pk) for target in getattr(row, column).all())
        elif isinstance(field, models.ForeignKey):
            value = getattr(row, field.attname)
            data[key] = value and _slug(value)
        else:
            data[key] = getattr(row, column)
    return data


def _nested(annotation):
    """The schema class of a field that holds one part, or None."""
    for candidate in getattr(annotation, "__args__", (annotation,)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel) and annotation is not list:
            return None if getattr(annotation, "__origin__", None) is list else candidate
    return None


def _slug(identity):
    return identity.partition(":")[2]


def _join(*parts):
    return ".".join(str(part) for part in parts if part != "")


# -- parts --------------------------------------------------------------------------------------------------


def _apply_parts(table, identity, parts):
    rows, many = [], []
    for position, part in enumerate(parts):
        columns, related = _columns(table, part)
        rows.append(table(entry_id=identity, position=position, **columns))
        many.append(related)
    table.objects.bulk_create(rows)
    for name in many[0] if many else ():
        _relate(table, name, [(row.pk, related[name]) for row, related in zip(rows, many, strict=True)])
    if table is Step:
        hazards = []
        for row, part in zip(rows, parts, strict=True):
            for position, hazard in enumerate(part.hazards):
                columns, _ = _columns(Hazard, hazard)
                hazards.append(Hazard(step_id=row.pk, position=position, **columns))
        Hazard.objects.bulk_create(hazards)


def _parts_data(schema, field, table, identity, citations):
    part_schema = schema.model_fields[field].annotation.__args__[0]
    rows = table.objects.filter(entry_id=identity).order_by("position")
    for many in table._meta.many_to_many:
        rows = rows.prefetch_related(models.Prefetch(many.name, many.related_model.objects.only("pk")))
    found = []
    for index, row in enumerate(rows.prefetch_related("hazards") if table is Step else rows):
        path = _join(field, index)
        data = _data(part_schema, row, citations, path)
        if table is Step:
            hazard_schema = part_schema.model_fields["hazards"].annotation.__args__[0]
            ordered = sorted(row.hazards.all(), key=lambda hazard: hazard.position)
            data["hazards"] = [
                _data(hazard_schema, hazard, citations, _join(path, "hazards", number))
                for number, hazard in enumerate(ordered)
            ]
        found.append(data)
    return found


def _relate(model, name, pairs):
    """Write many-to-many rows: pairs of (primary key, slugs)."""
    field = model._meta.get_field(name)
    through = field.remote_field.through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    kind = _kind_of(field)
    through.objects.bulk_create(
        through(**{own: pk, other: entry_id(kind, slug)}) for pk, slugs in pairs for slug in slugs
    )


def _clear(kind, identity):
    """Delete what `apply` writes anew: records, mentions, tags, facets."""
    for table in PARTS.get(kind, {}).values():
        table.objects.filter(entry_id=identity).delete()
    for field in MODELS[kind]._meta.many_to_many:
        if field.name != "tags":
            through = field.remote_field.through
            through.objects.filter(**{field.m2m_column_name(): identity}).delete()
    for table, owner in (
        (Link, "source_id"),
        (Citation, "source_id"),
        (Facet, "entry_id"),
        (TaggedEntry, "content_object_id"),
    ):
        table.objects.filter(**{owner: identity})._raw_delete("default")


# -- mentions, tags, facets ---------------------------------------------------------------------------------


def _apply_mentions(kind, identity, document):
    found, _ = mentions(kind, to_data(document))
    body = document.sections
    starts = [section.line for section in body]
    links, citations = [], []
    for position, mention in enumerate(found):
        common = {
            "source_id": identity,
            "position": position,
            "path": _join(*mention.path),
            "anchor": _anchor(document, mention, body, starts),
        }
        if mention.cited:
            citations.append(Citation(reference_id=entry_id("reference", mention.slug), **common))
        else:
            links.append(
                Link(target_id=entry_id(mention.kind, mention.slug), target_anchor=mention.part or "", **common)
            )
    Link.objects.bulk_create(links)
    Citation.objects.bulk_create(citations)


def _anchor(document, mention, body, starts):
    """The anchor on the page of the place where a mention stands."""
    field, *rest = mention.path
    if field == "body":
        index = bisect.bisect_right(starts, mention.line) - 1
        return body[index].id if index >= 0 else ""
    if field in document.part_fields:
        return getattr(document, field)[rest[0]].id
    return {"at_a_glance": "at-a-glance", "equipment": "equipment", "codes": "codes"}.get(field, "")


def _citations_by_path(identity):
    """{path of a record: its citation keys in order}."""
    found = {}
    rows = Citation.objects.filter(source_id=identity).order_by("position").values_list("path", "reference_id")
    for path, reference in rows:
        *record, last, _index = ["", "", *path.split(".")]
        if last == "citations":
            found.setdefault(_join(*record), []).append(_slug(reference))
    return found


def _apply_tags(identity, names):
    if not names:
        return
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    missing = [name for name in names if name not in known]
    for name in missing:
        known[name], _ = Tag.objects.get_or_create(name=name, defaults={"slug": name})
    TaggedEntry.objects.bulk_create(TaggedEntry(tag=known[name], content_object_id=identity) for name in names)


def _apply_facets(kind, identity, document):
    found = set()
    for path, vocabulary in FACETS.get(kind, {}).items():
        for code in _values(document, path.split(".")):
            found.add(f"{vocabulary}:{code.value}")
    Facet.objects.bulk_create(Facet(entry_id=identity, vocabulary_id=code) for code in sorted(found))


def _values(value, path):
    if isinstance(value, list):
        return [found for item in value for found in _values(item, path)]
    if not path:
        return [value]
    return _values(getattr(value, path[0]), path[1:])
