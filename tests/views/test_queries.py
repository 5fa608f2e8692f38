"""What a page costs the database: a number that depends on the sort of page, never on the size of the base."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.documents.read import read_data
from procedures.documents.write import write
from procedures.editorial import actions
from procedures.models import Origin

MOST = 25

# Queries of each public page, uncached, with every shipped entry.
QUERIES = {
    "/": 7,
    "/indications/": 9,
    "/glossary/": 4,
    "/about/": 4,
    "/about/coverage/": 9,
    "/procedures/": 6,
    "/procedures/?guidance=ct&region=sacrum": 6,
    "/conditions/": 6,
    "/complications/": 4,
    "/cases/": 6,
    "/topics/": 4,
    "/references/": 6,
    "/references/?page=2": 6,
    "/terms/": 4,
    "/tags/bone-cement/": 3,
    "/search/": 1,
    "/search/?q=cement": 6,
    "/search/?q=cement&kind=reference&page=2": 6,
    "/search/?q=zzzzzz+qqqqqq": 4,
    "/procedures/vertebroplasty/": 18,
    "/conditions/osteoporotic-vertebral-compression-fracture/": 16,
    "/complications/cement-leakage/": 13,
    "/cases/t11-vertebroplasty/": 12,
    "/topics/bone-cement/": 9,
    "/references/clark2016/": 9,
    "/terms/pedicle/": 2,
    "/procedures/vertebroplasty/history/": 4,
    "/procedures/vertebroplasty/versions/1/": 3,
    "/sitemap.xml": 2,
    "/sitemap-1.xml": 3,
    "/feed/": 2,
    "/robots.txt": 0,
    "/healthz": 0,
    "/procedures/nothing/": 4,
    "/nothing/": 0,
}
# An entry's page that is made first, as the glossary is read once an edition.
_WARM = "/topics/vertebral-anatomy/"


def counted(client):
    """{path: queries} of every page of the table."""
    client.get(_WARM)
    found = {}
    for path in QUERIES:
        found[path] = queries_of(client, path)
    return found


def queries_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_queries_of_every_page_are_few(client, shipped):
    agree(counted(client))
    assert max(QUERIES.values()) <= MOST


def test_queries_do_not_grow_with_the_base(client, shipped):
    changes = list(thousand())
    assert len(changes) == 1_000
    actions.publish_all(changes, by=None, origin=Origin.SEED)

    agree(counted(client))


def test_first_entry_of_an_edition_costs_the_glossary_too(client, shipped):
    """Its terms are read once an edition and process, then known."""
    actions.publish_all(list(thousand())[-1:], by=None, origin=Origin.SEED)

    first = queries_of(client, "/topics/bone-cement/")

    assert first == QUERIES["/topics/bone-cement/"] + 2


def agree(found):
    wrong = [f"{path}: {count}, not {QUERIES[path]}" for path, count in found.items() if count != QUERIES[path]]
    assert not wrong, "\n".join(wrong)


def thousand():
    """1,000 entries of all kinds that name, cite and tag what the pages of the table show."""
    shapes = {
        "condition": (250, _condition),
        "procedure": (150, _procedure),
        "complication": (100, _complication),
        "case": (100, _case),
        "topic": (100, _topic),
        "reference": (200, _reference),
        "term": (100, _term),
    }
    for kind, (count, shape) in shapes.items():
        for number in range(count):
            slug = f"more-{kind}-{number}"
            reading = read_data(kind, slug, {"title": f"More cement {kind} {number}", **shape(number)})
            assert reading.faults == []
            yield actions.Change(kind, slug, write(reading.document), reading.document)


_CITES = ["clark2016"]
_SUMMARY = (
    "Cement in [[procedure:vertebroplasty]], [[topic:bone-cement]] and [[complication:cement-leakage]]. [@clark2016]"
)
_COMMON = {"summary": _SUMMARY, "tags": ["bone-cement"], "related": ["procedure:vertebroplasty", "topic:bone-cement"]}
_FRACTURE = "osteoporotic-vertebral-compression-fracture"


def _condition(number):
    stance = {
        "id": "stance",
        "body": "NICE",
        "document": "A document",
        "procedures": ["vertebroplasty"],
        "direction": "for",
        "strength": "option",
        "population": "Adults",
        "seen": "excerpt",
        "citations": _CITES,
    }
    return {**_COMMON, "type": "disease" if number % 2 else "finding", "stances": [stance]}


def _procedure(number):
    return {
        **_COMMON,
        "at_a_glance": {"family": "augmentation", "guidance": ["ct"], "regions": ["sacrum"], "anesthesia": ["local"]},
        "indications": [
            {
                "id": "one",
                "condition": _FRACTURE,
                "strength": "selected",
                "given": ["pregnancy"],
                "note": "Some.",
                "citations": _CITES,
            },
            {
                "id": "two",
                "condition": f"more-condition-{number}",
                "strength": "indicated",
                "note": "All.",
                "citations": _CITES,
            },
        ],
        "contraindications": [
            {"id": "three", "condition": _FRACTURE, "grade": "relative", "why": "Some.", "citations": _CITES}
        ],
        "steps": [
            {
                "id": "step",
                "phase": "access",
                "title": "Go in",
                "body": "Slowly.",
                "hazards": [{"complication": "cement-leakage", "text": "It leaks.", "citations": _CITES}],
                "citations": _CITES,
            }
        ],
        "risks": [
            {
                "id": "risk",
                "complication": "cement-leakage",
                "population": "All",
                "severity": "minor",
                "citations": _CITES,
            }
        ],
    }


def _complication(number):
    return _COMMON


def _case(number):
    return {
        **_COMMON,
        "age_band": "70-79",
        "sex": "female",
        "conditions": [_FRACTURE],
        "procedures": ["vertebroplasty"],
        "complications": ["cement-leakage"],
        "teaches": ["procedure:vertebroplasty"],
        "rights": "Made up.",
        "citations": _CITES,
    }


def _topic(number):
    return {**_COMMON, "body": "## More\n\nMore of it. [@clark2016]"}


def _reference(number):
    return {
        "type": "article-journal",
        "evidence": "randomized-trial",
        "author": [{"family": "More", "given": "A"}],
        "issued": "2020",
        "tags": ["bone-cement"],
        "seen": "abstract",
        "note": "Made up; [[topic:bone-cement]].",
    }


def _term(number):
    return _COMMON
