"""One pydantic schema per kind of entry. Pure: no database."""

from procedures.documents.schema.condition import ConditionDocument
from procedures.documents.schema.entry import EntryDocument
from procedures.documents.schema.others import (
    CaseDocument,
    ComplicationDocument,
    ReferenceDocument,
    TermDocument,
    TopicDocument,
)
from procedures.documents.schema.procedure import ProcedureDocument

KINDS = {
    schema.kind: schema
    for schema in (
        ProcedureDocument,
        ConditionDocument,
        ComplicationDocument,
        CaseDocument,
        TopicDocument,
        ReferenceDocument,
        TermDocument,
    )
}

__all__ = ["KINDS", "EntryDocument"]
