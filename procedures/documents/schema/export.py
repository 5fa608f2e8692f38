"""JSON Schema of the front matter of each kind. The body stands after the front matter and is not part of it."""

import json

from procedures.documents.schema import KINDS


def schemas():
    """{file name: text} of one JSON Schema (draft 2020-12) a kind."""
    return {f"{kind}.schema.json": _text(kind, schema) for kind, schema in KINDS.items()}


def _text(kind, schema):
    found = schema.model_json_schema(by_alias=True)
    found["properties"].pop("body", None)
    # A model's docstring speaks to programmers; the title is what an editor of files shows.
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": f"Pedicle: {kind}"}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
