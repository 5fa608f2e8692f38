"""Each named check of the publish gate: passes on what is shipped, fails on one planted fault."""

import re

import pytest
from django.core.management import CommandError, call_command

from procedures.documents.read import read
from procedures.editorial import actions, content, gate
from procedures.models import Manuscript, Shortfall

ENTRY = ("procedure", "vertebroplasty")


def text_of(kind, slug):
    return Manuscript.objects.select_related("live").get(kind=kind, slug=slug).live.text


def republish(kind, slug, text):
    row = Manuscript.objects.select_related("latest").get(kind=kind, slug=slug)
    actions.save_draft(kind=kind, slug=slug, text=text, by=None, based_on=row.latest.number)
    actions.publish(kind=kind, slug=slug, by=None)


def replaced(pattern, replacement, count=1):
    def change(text):
        changed, times = re.subn(pattern, replacement, text, count=count, flags=re.MULTILINE | re.DOTALL)
        assert times, f"nothing to plant the fault in: {pattern}"
        return changed

    return change


FAULTS = [
    ("sections-present", ENTRY, replaced(r"^## Mechanism$", "## How it works")),
    ("summary-cited", ENTRY, replaced(r"^summary: .*?(?=^\w+:)", "summary: Nothing is cited here.\n")),
    ("numbers-cited", ("topic", "bone-cement"), lambda text: text.rstrip() + "\n\n## Planted\n\nIt takes 12 minutes.\n"),
    ("steps-complete", ENTRY, replaced(r"^  check: .*?(?=^  (hazards|citations):)", "", count=0)),
    ("plainly-said", ENTRY, replaced(r"^plain_summary: .*?(?=^\w+:)", "")),
    ("review-dated", ENTRY, replaced(r"^review_by: .*?\n", "")),
    ("alternatives-given", ("topic", "bone-cement"), lambda text: text.rstrip() + "\n\n## Planted\n\n![](x.png)\n"),
    ("records-cited", ENTRY, replaced(r"^  citations:\n(  - \S+\n)+(?=indications:)", "")),
    ("findable", ("reference", "clark2016"), replaced(r"^(DOI|PMID|PMCID|URL): .*?\n", "", count=0)),
    ("attributed", ("reference", "clark2016"),
     lambda text: replaced(r"^container-title: .*?\n", "")(replaced(r"^author:\n((- |  ).*?\n)+", "")(text))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "entry", "plant"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_planted_fault_is_named_with_file_and_line(shipped, name, entry, plant):
    kind, slug = entry
    text = plant(text_of(kind, slug))
    if name == "findable":
        text = text.replace("seen:", "note: Kept in a drawer.\nseen:", 1)
        text = re.sub(r"^(seen: .*?\n)", r"\1", text, flags=re.MULTILINE)
    reading = read(kind, slug, text, "x.md")
    assert reading.document, reading.faults
    found = [fault for fault in gate.faults(reading.document, slug, text, "x.md") if f"[{name}]" in fault.message]
    assert found
    assert all(fault.path == "x.md" and fault.line >= 1 for fault in found)


def test_risks_and_support_are_counted(shipped):
    document = read(*ENTRY, text_of(*ENTRY)).document
    few = document.model_copy(update={"risks": document.risks[:4], "indications": []})
    assert {"risks-enough", "speaks-for-something"} <= {name for name, _, _ in gate.check(few)}


def test_shortfalls_are_kept_at_publishing(db):
    text = text_of("topic", "bone-cement").rstrip() + "\n\n## Planted\n\nIt takes 12 minutes.\n"
    republish("topic", "bone-cement", text)
    rows = Shortfall.objects.filter(entry_id="topic:bone-cement", check_name="numbers-cited")
    assert rows.count() == 1
    republish("topic", "bone-cement", text.replace("It takes 12 minutes.", "It takes long."))
    assert not rows.exists()


def test_an_entry_that_nothing_names_is_an_orphan(db):
    text = "---\ntitle: Alone\nsummary: Alone. [@clark2016]\nreview_by: 2030-01-01\n---\n"
    actions.save_draft(kind="topic", slug="alone", text=text, by=None)
    actions.publish(kind="topic", slug="alone", by=None)
    assert any(f.path == "topics/alone.md" and "[linked]" in f.message for f in content.shortfalls())


def test_command_prints_and_fails(db, capsys):
    text = text_of("topic", "bone-cement").rstrip() + "\n\n## Planted\n\nIt takes 12 minutes.\n"
    republish("topic", "bone-cement", text)
    with pytest.raises(CommandError):
        call_command("check_content")
    line = next(line for line in capsys.readouterr().out.splitlines() if "It takes 12 minutes" in line)
    assert re.match(r"topics/bone-cement\.md:\d+: body: .* \[numbers-cited\]$", line)
    number = int(line.split(":")[1])
    assert text_of("topic", "bone-cement").splitlines()[number - 1] == "It takes 12 minutes."
