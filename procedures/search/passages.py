"""Document → passages: the parts of an entry that can answer a question, and the names it is found under."""

from procedures.models import Alias, Passage, entry_id
from procedures.search.analysis import stems
from procedures.text.clean import fold
from procedures.text.plain import plain


def refresh(slug, document):
    """Make the passages and aliases of one published entry anew; nothing else is touched."""
    identity = entry_id(document.kind, slug)
    Passage.objects.filter(entry_id=identity).delete()
    Alias.objects.filter(entry_id=identity)._raw_delete("default")
    names = list(_names(slug, document))
    Alias.objects.bulk_create(_aliases(identity, names))
    found_by = " ".join(stems(" ".join(name for name, sort in names if sort != "title")))
    title = " ".join(stems(document.title))
    rows = []
    for position, (anchor, heading, text) in enumerate(_passages(document)):
        whole = position == 0
        rows.append(
            Passage(
                entry_id=identity,
                position=position,
                anchor=anchor,
                heading=heading[:600],
                text=text,
                # Only the entry as a whole bears its names; a part is found by its own words, helped by the title.
                stems_title=title if whole else "",
                stems_names=found_by if whole else title,
                stems_heading="" if whole else " ".join(stems(heading)),
                stems_text=" ".join(stems(text)),
            )
        )
    Passage.objects.bulk_create(rows)


def _names(slug, document):
    yield document.title, "title"
    for name in document.synonyms:
        yield name, "synonym"
    for name in document.abbreviations:
        yield name, "abbreviation"
    for code in getattr(document, "codes", ()):
        yield code.code, "code"
        if code.label:
            yield code.label, "label"
    if document.kind == "reference":
        yield slug, "code"
        for identifier in (document.doi, document.pmid, document.pmcid):
            if identifier:
                yield identifier, "code"
        for author in document.author:
            yield author.family or author.literal, "author"


def _aliases(identity, names):
    seen = set()
    for name, sort in names:
        folded = fold(name)[:600]
        if folded and (folded, sort) not in seen:
            seen.add((folded, sort))
            yield Alias(entry_id=identity, name=name[:600], folded=folded, sort=sort)


def _passages(document):
    """(anchor, heading, plain text) of the entry as a whole, then of each part, then of each section."""
    yield "", document.title, plain(document.summary)
    if getattr(document, "plain_summary", None):
        yield "in-plain-words", "In plain words", plain(document.plain_summary)
    for field, _, part in document.parts():
        heading, texts = _PARTS[field](part)
        yield part.id, heading, " ".join(plain(text) for text in texts if text)
    for section in document.sections:
        yield section.id, section.title, plain(section.text)


def _words(slug):
    return slug.replace("-", " ")


_PARTS = {
    "indications": lambda part: (
        f"Indication: {_words(part.condition)}",
        [" ".join(map(_words, part.given)), part.note],
    ),
    "contraindications": lambda part: (
        f"Contraindication: {_words(part.condition)}",
        [part.grade.value, part.why, part.unless],
    ),
    "steps": lambda part: (
        part.title,
        [
            part.body,
            part.check,
            *(
                text
                for hazard in part.hazards
                for text in (_words(hazard.complication or ""), hazard.text, hazard.rescue)
            ),
        ],
    ),
    "risks": lambda part: (
        f"Risk: {_words(part.complication)}",
        [part.population, part.time_point, part.note, part.early_sign, part.prevention, part.management],
    ),
    "studies": lambda part: (f"Study: {part.population}", [part.outcome, part.comparator, part.result]),
    "stances": lambda part: (f"Stance: {part.body}", [part.document, part.strength, part.population, part.note]),
}
