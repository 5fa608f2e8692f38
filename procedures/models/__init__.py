"""The tables. What is published (entry and the kinds, passage) and what editors made (revision)."""

from procedures.models.condition import Condition, Stance
from procedures.models.entry import (
    PLURALS,
    Alias,
    Citation,
    Entry,
    Facet,
    Link,
    TaggedEntry,
    Vocabulary,
    entry_id,
    entry_url,
)
from procedures.models.others import Case, Complication, Reference, Term, Topic
from procedures.models.passage import Passage
from procedures.models.procedure import (
    Contraindication,
    Equipment,
    Hazard,
    Indication,
    Procedure,
    Risk,
    Step,
    Study,
)
from procedures.models.revision import (
    Act,
    Action,
    Edition,
    Manuscript,
    Origin,
    Redirect,
    Revision,
    State,
)
from procedures.models.shortfall import Shortfall
from procedures.models.values import Code

MODELS = {
    "procedure": Procedure,
    "condition": Condition,
    "complication": Complication,
    "case": Case,
    "topic": Topic,
    "reference": Reference,
    "term": Term,
}

__all__ = [
    "MODELS",
    "PLURALS",
    "Act",
    "Action",
    "Alias",
    "Case",
    "Citation",
    "Code",
    "Complication",
    "Condition",
    "Contraindication",
    "Edition",
    "Entry",
    "Equipment",
    "Facet",
    "Hazard",
    "Indication",
    "Link",
    "Manuscript",
    "Origin",
    "Passage",
    "Procedure",
    "Redirect",
    "Reference",
    "Revision",
    "Risk",
    "Shortfall",
    "Stance",
    "State",
    "Step",
    "Study",
    "TaggedEntry",
    "Term",
    "Topic",
    "Vocabulary",
    "entry_id",
    "entry_url",
]
