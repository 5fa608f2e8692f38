"""Each single fault of a text: found, on its line, under its field, with a sentence that says what to do."""

import pytest

from procedures.documents.read import read, read_data, unresolved
from tests import worlds

PUBLISHED = {
    ("topic", "bone-cement"): {"working-time"},
    ("condition", "vertebral-fracture"): {"nice-2013"},
    ("reference", "clark2016"): set(),
}

TOPIC = "---\ntitle: A\nsummary: B\n---\n"
CONDITION = "---\ntitle: A\nsummary: B\ntype: disease\n---\n"
REFERENCE = "---\ntitle: A\ntype: book\nevidence: other\nseen: excerpt\nnote: On the shelf.\n---\n"
PROCEDURE = """\
---
title: A
summary: B
at_a_glance:
  family: augmentation
risks:
- id: leakage
  complication: cement-leakage
  population: All
  incidence:
    percent: 5
    of: patients
  severity: silent
  citations:
  - clark2016
steps:
- id: access
  phase: access
  title: In
  body: Go.
  citations:
  - clark2016
codes:
- system: CPT
  code: 22510
---

## Use

Text.
"""
STANCES = """\
---
title: A
summary: B
type: disease
stances:
- id: one
  body: NICE
  document: D
  subject: S
  direction: for
  strength: s
  population: All
  superseded_by: two
  seen: excerpt
  citations:
  - clark2016
- id: two
  body: NICE
  document: D
  subject: S
  direction: for
  strength: s
  population: All
  seen: excerpt
  citations:
  - clark2016
---
"""


def faults_of(kind, text, slug="x"):
    reading = read(kind, slug, text, path=f"seeds/{kind}s/{slug}.md")
    published = {**PUBLISHED, ("complication", "cement-leakage"): set()}
    unresolved([reading], lambda kind, slug: published.get((kind, slug)))
    assert (reading.document is None) == bool(reading.faults)
    return [str(fault) for fault in sorted(reading.faults)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("topic", TOPIC),
        ("condition", CONDITION),
        ("reference", REFERENCE),
        ("procedure", PROCEDURE),
        ("condition", STANCES),
    ],
)
def test_texts_of_the_table_have_no_fault_themselves(kind, text):
    assert faults_of(kind, text) == []


# (what, kind, text, old, new, fault): the text with `old` replaced by `new` has just this fault.
CASES = [
    ("no front matter", "topic", TOPIC, "---\ntitle", "title", "1: front matter: the file must begin with a line `---`"),
    ("never closed", "topic", TOPIC, "B\n---\n", "B\n", "1: front matter: the closing line `---` is missing"),
    ("bad YAML", "topic", TOPIC, "title: A", "title: [A", "3: front matter: not valid YAML: did not find expected ',' or ']'"),
    ("colon in a value", "topic", TOPIC, "summary: B", "summary: B: C", "3: front matter: not valid YAML: mapping values are not allowed in this context"),
    ("two documents", "topic", TOPIC, "summary: B", "...\n--- !x\nsummary: B", "4: front matter: the tag !x is not allowed; remove it"),
    ("duplicate key", "topic", TOPIC, "summary: B", "summary: B\nsummary: C", "4: summary: this field stands twice; remove one"),
    ("anchor", "topic", TOPIC, "title: A", "title: &a A", "2: front matter: anchors and aliases (& and *) are not allowed; write the value out, or quote it"),
    ("alias bomb", "topic", TOPIC, "title: A", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "2: front matter: anchors and aliases (& and *) are not allowed; write the value out, or quote it"),
    ("tag", "topic", TOPIC, "title: A", "title: !!python/name:os.system A", "2: front matter: the tag tag:yaml.org,2002:python/name:os.system is not allowed; remove it"),
    ("deep nesting", "topic", TOPIC, "title: A", "title: [[[[[[[[[[[A]]]]]]]]]]]", "2: front matter: nested more than 10 deep"),
    ("a list for fields", "topic", TOPIC, "title: A\nsummary: B", "- A\n- B", "2: front matter: must be fields, one `name: value` a line"),
    ("unknown key", "topic", TOPIC, "summary: B", "summary: B\nsumary: C", "4: sumary: is not a field here; remove it or mend its name"),
    ("unknown key in a part", "procedure", PROCEDURE, "  title: In", "  title: In\n  name: In", "20: steps.1.name: is not a field here; remove it or mend its name"),
    ("missing required", "topic", TOPIC, "summary: B\n", "", "2: summary: is required; add it"),
    ("missing in a part", "procedure", PROCEDURE, "  phase: access\n", "", "17: steps.1.phase: is required; add it"),
    ("empty required", "topic", TOPIC, "title: A", "title: ''", "2: title: must not be empty"),
    ("text for a list", "topic", TOPIC, "summary: B", "summary: B\ntags: spine", "4: tags: «spine» must be a list, one `- item` a line"),
    ("list for a text", "topic", TOPIC, "summary: B", "summary:\n- B", "3: summary: must be text"),
    ("text for a group", "procedure", PROCEDURE, "at_a_glance:\n  family: augmentation", "at_a_glance: augmentation", "4: at_a_glance: «augmentation» must be a group of `name: value` fields"),
    ("bad code of a vocabulary", "condition", CONDITION, "disease", "illness", "4: type: «illness» is not one of 'disease', 'finding'"),
    ("no number", "procedure", PROCEDURE, "percent: 5", "percent: five", "11: risks.1.incidence.percent: «five» must be a number"),
    ("percent over 100", "procedure", PROCEDURE, "percent: 5", "percent: 100.5", "11: risks.1.incidence.percent: «100.5» must be at most 100"),
    ("percent below 0", "procedure", PROCEDURE, "percent: 5", "percent: -1", "11: risks.1.incidence.percent: «-1» must be at least 0"),
    ("low above high", "procedure", PROCEDURE, "percent: 5", "low: 9\n    high: 2", "10: risks.1.incidence: low 9 is above high 2; exchange them"),
    ("low alone", "procedure", PROCEDURE, "percent: 5", "low: 9", "10: risks.1.incidence: low and high go together; give both or neither"),
    ("n above N", "procedure", PROCEDURE, "percent: 5", "events: 9\n    total: 5", "10: risks.1.incidence: events 9 is more than total 5"),
    ("n without N", "procedure", PROCEDURE, "percent: 5", "events: 9", "10: risks.1.incidence: events and total go together; give both or neither"),
    ("N of none", "procedure", PROCEDURE, "percent: 5", "events: 0\n    total: 0", "12: risks.1.incidence.total: «0» must be at least 1"),
    ("percent not n/N", "procedure", PROCEDURE, "percent: 5", "percent: 50\n    events: 1\n    total: 10", "10: risks.1.incidence: percent 50 does not agree with 1/10 (10.0%); give the source's own figures and say so in the note"),
    ("no incidence in it", "procedure", PROCEDURE, "    percent: 5\n", "", "10: risks.1.incidence: holds no number; give events and total, percent, or low and high, or leave incidence out"),
    ("too long", "topic", TOPIC, "title: A", f"title: {'A' * 601}", "2: title: is longer than 600 characters"),
    ("too few", "procedure", PROCEDURE, "  phase: access\n", "  phase: access\n  schematic:\n    view: ap\n    instruments:\n    - type: needle\n      points:\n      - x: 1\n        y: 1\n", "23: steps.1.schematic.instruments.1.points: needs at least 2 items"),
    ("number without end", "procedure", PROCEDURE, "percent: 5", "percent: inf", "11: risks.1.incidence.percent: «inf» must be a number"),
    ("day that is none", "topic", TOPIC, "summary: B", "summary: B\nreview_by: 2026-02-30", "4: review_by: «2026-02-30» must be a date such as 2026-11-20"),
    ("whole number that is none", "condition", STANCES, "  document: D\n  subject: S\n  direction: for\n  strength: s\n  population: All\n  seen", "  document: D\n  year: soon\n  subject: S\n  direction: for\n  strength: s\n  population: All\n  seen", "20: stances.2.year: «soon» must be a whole number"),
    ("truth that is none", "reference", REFERENCE, "note:", "retracted: perhaps\nnote:", "6: retracted: «perhaps» must be true or false"),
    ("pattern", "reference", REFERENCE, "note:", "DOI: 11.1/x\nnote:", "6: DOI: «11.1/x» does not have the form ^10\\.[0-9]{4,9}/\\S+$"),
    ("address of another scheme", "reference", REFERENCE, "note:", "URL: javascript:alert(1)\nnote:", "6: URL: «javascript:alert(1)» does not have the form ^https?://[^\\s<>\\\"]+$"),
    ("nowhere to be found", "reference", REFERENCE, "note: On the shelf.\n", "", "2: front matter: needs a DOI, PMID, PMCID or URL, or a note that says where the source is kept"),
    ("control character", "topic", TOPIC, "title: A", 'title: "A\\x07"', "2: title: holds the hidden character U+0007 (control or unassigned character) at position 2; delete it"),
    ("hidden direction", "topic", TOPIC, "summary: B", 'summary: "5 \\u202emg"', "3: summary: holds the hidden character U+202E (right-to-left override) at position 3; delete it"),
    ("raw control character", "topic", TOPIC, "title: A", "title: A\x07", "2: front matter: a character that YAML does not allow: control characters are not allowed"),
    ("two lines in a line", "topic", TOPIC, "title: A", "title: |-\n  A\n  B", "3: title: must be one line; remove the line break"),
    ("said twice", "topic", TOPIC, "summary: B", "summary: B\ntags:\n- a\n- a", "4: tags: holds a more than once; remove the repetition"),
    ("tag that is no slug", "topic", TOPIC, "summary: B", "summary: B\ntags:\n- Spine", "5: tags.1: «Spine» does not have the form ^[a-z0-9]+(?:-[a-z0-9]+)*$"),
    ("duplicate id", "procedure", PROCEDURE, "- id: access", "- id: leakage", "7: risks.1.id: the id «leakage» is taken by steps.1; choose another"),
    ("id of the page", "procedure", PROCEDURE, "- id: access", "- id: sources", "17: steps.1.id: the id «sources» is taken by the page itself; choose another"),
    ("id of a list", "procedure", PROCEDURE, "- id: access", "- id: steps", "17: steps.1.id: the id «steps» is taken by the page itself; choose another"),
    ("heading takes an id", "procedure", PROCEDURE, "## Use", "## Access", "28: body: the heading «Access» makes the anchor «access», which is taken by steps.1; reword the heading"),
    ("heading twice", "topic", TOPIC, "B\n---\n", "B\n---\n\n## One\n\na\n\n## One\n", "10: body: the heading «One» makes the anchor «one», which is taken by the section «One»; reword the heading"),
    ("heading without anchor", "topic", TOPIC, "B\n---\n", "B\n---\n\n## —\n", "6: body: the heading «—» has no letter or digit to make an anchor of"),
    ("heading too long", "topic", TOPIC, "B\n---\n", f"B\n---\n\n## {'long ' * 20}\n", "6: body: the heading «long long long long long long long long …» makes an anchor of more than 80 characters; shorten it"),
    ("body in front matter", "topic", TOPIC, "summary: B", "summary: B\nbody: C", "4: body: the body stands after the front matter, not in it; move it there"),
    ("CPT with a label", "procedure", PROCEDURE, "22510", "22510\n  label: Licensed words", "24: codes.1: a CPT code takes no label: its descriptor is licensed; remove the label"),
    ("other code without", "procedure", PROCEDURE, "CPT", "MeSH", "24: codes.1: a MeSH code needs its label"),
    ("no citation", "procedure", PROCEDURE, "  body: Go.\n  citations:\n  - clark2016\n", "  body: Go.\n  citations: []\n", "21: steps.1.citations: needs at least one item"),
    ("superseded by nothing", "condition", STANCES, "superseded_by: two", "superseded_by: three", "13: stances.1.superseded_by: no other stance here has the id «three»"),
    ("superseded by itself", "condition", STANCES, "superseded_by: two", "superseded_by: one", "13: stances.1.superseded_by: no other stance here has the id «one»"),
    ("unknown slug", "procedure", PROCEDURE, "complication: cement-leakage", "complication: leakage", "8: risks.1.complication: there is no complication «leakage»"),
    ("wrong kind", "procedure", PROCEDURE, "complication: cement-leakage", "complication: bone-cement", "8: risks.1.complication: there is no complication «bone-cement»; there is a topic of that name"),
    ("unknown citation", "procedure", PROCEDURE, "  body: Go.\n  citations:\n  - clark2016", "  body: Go.\n  citations:\n  - clark2017", "22: steps.1.citations.1: there is no reference «clark2017»"),
    ("unknown citation in prose", "procedure", PROCEDURE, "Text.", "Text.\n\nMore. [@clark2016; @clark1066]", "32: body: there is no reference «clark1066»"),
    ("unknown link in prose", "topic", TOPIC, "summary: B", "summary: B [[topic:nothing]]", "3: summary: there is no topic «nothing»"),
    ("unknown kind", "topic", TOPIC, "summary: B", "summary: B [[drug:x]]", "3: summary: «drug» is not a kind of entry; use one of procedure, condition, complication, case, topic, reference, term"),
    ("dead part link", "topic", TOPIC, "summary: B", "summary: B [[topic:bone-cement#storage]]", "3: summary: topic «bone-cement» has no part «storage»"),
    ("dead part of itself", "procedure", PROCEDURE, "Text.", "[[procedure:x#gone]]", "30: body: procedure «x» has no part «gone»"),
    ("dead related part", "topic", TOPIC, "summary: B", "summary: B\nrelated:\n- condition:vertebral-fracture#none", "5: related.1: condition «vertebral-fracture» has no part «none»"),
    ("related without kind", "topic", TOPIC, "summary: B", "summary: B\nrelated:\n- bone-cement", "5: related.1: «bone-cement» does not have the form ^[a-z]+:[a-z0-9_-]+(#[a-z0-9]+(?:-[a-z0-9]+)*)?$"),
    ("mistyped link", "topic", TOPIC, "B\n---\n", "B\n---\n\na\n\n[[topic bone-cement]]\n", "8: body: «[[topic bone-cement]]» is not a link; write [[kind:slug]] or [[kind:slug#part|text]]"),
    ("mistyped citation", "topic", TOPIC, "summary: B", "summary: |-\n  B\n\n  [@Clark 2016]", "6: summary: «[@Clark 2016]» is not a citation; write [@key] or [@key1; @key2]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "fault"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_fault_is_found_where_it_stands(kind, text, old, new, fault):
    assert text.count(old) == 1

    assert faults_of(kind, text.replace(old, new)) == [f"seeds/{kind}s/x.md:{fault}"]


@pytest.mark.parametrize(
    "slug", ["Bone-Cement", "bone cement", "bone_cement", "-bone", "bone--cement", "", "knöchel", "a" * 81]
)
def test_name_of_a_file_must_be_a_slug(slug):
    assert faults_of("topic", TOPIC, slug) == [
        f"seeds/topics/{slug}.md:2: front matter: «{slug}» cannot be a slug; use lower-case letters, digits and single hyphens"
    ]


def test_key_of_a_reference_may_hold_an_underscore():
    assert faults_of("reference", REFERENCE, "cms_rac0139") == []


def test_faults_are_reported_all_at_once():
    text = """\
---
title: ''
sumary: B
tags:
- a
- a
at_a_glance:
  family: surgery
  guidance:
  - xray
indications:
- id: one
  condition: nothing
  strength: selected
  note: N
risks:
- id: one
  complication: bone-cement
  population: All
  incidence:
    percent: 500
    of: patients
  severity: awful
  citations:
  - ghost
codes:
- system: CPT
  code: 1
  label: L
---

## One

[[topic:bone-cement#no]] and [[nonsense

[@ghost]
"""
    assert faults_of("procedure", text) == [
        f"seeds/procedures/x.md:{fault}"
        for fault in [
            "2: summary: is required; add it",
            "2: title: must not be empty",
            "3: sumary: is not a field here; remove it or mend its name",
            "4: tags: holds a more than once; remove the repetition",
            "8: at_a_glance.family: «surgery» is not one of 'augmentation', 'injection', 'biopsy', 'disc'",
            "10: at_a_glance.guidance.1: «xray» is not one of 'fluoroscopy', 'biplane-fluoroscopy', 'ct', "
            "'ct-fluoroscopy', 'cone-beam-ct', 'ultrasound', 'mri'",
            "12: indications.1: needs at least one citation; only no-statement stands without",
            "13: indications.1.condition: there is no condition «nothing»",
            "17: risks.1.id: the id «one» is taken by indications.1; choose another",
            "18: risks.1.complication: there is no complication «bone-cement»; there is a topic of that name",
            "21: risks.1.incidence.percent: «500» must be at most 100",
            "23: risks.1.severity: «awful» is not one of 'silent', 'minor', 'moderate', 'major', 'fatal', 'variable'",
            "25: risks.1.citations.1: there is no reference «ghost»",
            "27: codes.1: a CPT code takes no label: its descriptor is licensed; remove the label",
            "32: body: the heading «One» makes the anchor «one», which is taken by indications.1; reword the heading",
            "34: body: topic «bone-cement» has no part «no»",
            "34: body: «[[nonsense» is not a link; write [[kind:slug]] or [[kind:slug#part|text]]",
            "36: body: there is no reference «ghost»",
        ]
    ]


def test_form_reports_what_the_file_reports():
    text = PROCEDURE.replace("percent: 5", "percent: 500").replace("phase: access", "phase: later")
    data = {
        "title": "A",
        "summary": "B",
        "at_a_glance": {"family": "augmentation"},
        "risks": [
            {
                "id": "leakage",
                "complication": "cement-leakage",
                "population": "All",
                "incidence": {"percent": "500", "of": "patients"},
                "severity": "silent",
                "citations": ["clark2016"],
            }
        ],
        "steps": [{"id": "access", "phase": "later", "title": "In", "body": "Go.", "citations": ["clark2016"]}],
    }

    from_text = [(fault.field, fault.message) for fault in read("procedure", "x", text).faults]
    from_form = [(fault.field, fault.message) for fault in read_data("procedure", "x", data).faults]

    assert from_form == from_text
    assert len(from_form) == 2


def test_names_within_one_reading_resolve_each_other():
    readings = [read(kind, slug, text) for (kind, slug), text in worlds.TEXTS.items()]

    unresolved(readings, lambda kind, slug: None)

    assert [fault for reading in readings for fault in reading.faults] == []
