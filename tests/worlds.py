"""A small hand-made world: entries of every kind that name each other, as canonical texts.

    procedure:vertebroplasty ──indication──▶ condition:vertebral-fracture ◀──stance── (NICE)
        │  │  │    └─contraindication──▶ condition:pregnancy (a finding)
        │  │  └─risk, hazard──▶ complication:cement-leakage
        │  └─study──▶ reference:clark2016
        └─related──▶ topic:bone-cement ◀──link── term:pmma
    case:t11 ──teaches──▶ procedure:vertebroplasty#inject-cement
    condition:kummell-disease   nothing published names it, so that it can be withdrawn

`write` puts them into a folder as files, `changed` gives the text of an entry with other values. The figures are
made up: nothing here is a statement about medicine.
"""

from pathlib import Path

from django.contrib.auth.models import Group, User

from procedures.documents.read import read
from procedures.documents.write import to_data
from procedures.models import PLURALS
from procedures.text import frontmatter

TEXTS = {
    ("procedure", "vertebroplasty"): """\
---
title: Vertebroplasty
synonyms:
- Percutaneous vertebroplasty
abbreviations:
- PVP
- VP
summary: Cement is injected into a broken [[condition:vertebral-fracture|vertebral body]]. [@clark2016]
tags:
- cement
- spine
related:
- topic:bone-cement
- procedure:kyphoplasty#access
review_by: 2027-01-31
plain_summary: The doctor fills the broken bone with cement.
at_a_glance:
  family: augmentation
  regions:
  - thoracic
  - lumbar
  guidance:
  - fluoroscopy
  - ct
  approaches:
  - transpedicular
  anesthesia:
  - local
  - moderate-sedation
  access_gauge:
    low: 11
    high: 13
  filler:
  - pmma
  note: Times differ between the sources.
  citations:
  - nice2013
indications:
- id: painful-fracture
  condition: vertebral-fracture
  strength: selected
  certainty:
    level: moderate
    scheme: GRADE
  given:
  - marrow-edema
  note: Early, severe pain. [@clark2016]
  citations:
  - clark2016
  - nice2013
- id: kummell
  condition: marrow-edema
  strength: no-statement
  note: Nothing was found.
  searched: 2026-11-20
contraindications:
- id: pregnant
  condition: pregnancy
  grade: absolute
  why: Radiation reaches the fetus.
  unless: The risk of waiting is greater.
  citations:
  - nice2013
equipment:
- item: Needle, 11 G
  note: Longer in the lumbar spine.
  citations:
  - nice2013
steps:
- id: access
  phase: access
  title: Pass the pedicle
  body: Enter at the upper outer quarter of the pedicle ring.
  check: The tip stays lateral to the medial wall.
  hazards:
  - complication: cement-leakage
    text: A broken medial wall opens a way for cement.
    rescue: Go back and begin anew.
    citations:
    - clark2016
  schematic:
    view: lateral
    level: L1
    instruments:
    - type: needle
      points:
      - x: -1.5
        y: 0.9
      - x: 0.6
        y: 0.5
      gauge: 11
    shapes:
    - type: cement
      center:
        x: 0.6
        y: 0.5
      radius_x: 0.25
      radius_y: 0.2
      seed: 7
    labels:
    - text: Tip
      at:
        x: 0.6
        y: 0.4
  citations:
  - nice2013
- id: inject-cement
  phase: cement
  title: Inject the cement
  body: |-
    Slowly, under lateral view.

    Stop when it reaches the posterior quarter.
  citations:
  - clark2016
risks:
- id: leakage
  complication: cement-leakage
  population: Fresh fractures, CT after the procedure
  incidence:
    events: 12
    total: 61
    percent: 19.7
    low: 10.5
    high: 31.75
    range_is: 95% CI
    of: patients
  time_point: the same day
  severity: silent
  early_sign: Cement beyond the cortex.
  management: Stop the injection.
  citations:
  - clark2016
studies:
- id: trial
  reference: clark2016
  design: sham-rct
  n: 120
  population: Fractures of at most six weeks
  comparator: Sham
  outcome: Pain below 4 of 10 at 14 days
  result: More often reached with cement.
  effect:
    measure: difference in share
    value: 23
    low: 6
    high: 39
    level: 95
    unit: percentage points
  verdict: favors
codes:
- system: CPT
  code: 22510
- system: ICD-10-PCS
  code: 0PU43JZ
  label: Supplement thoracic vertebra with synthetic substitute, percutaneous
---

Text before the first heading.

## Cement volume

More volume, more leakage: see [[complication:cement-leakage]]. [@clark2016; @nice2013]

## Where sources disagree

On when to operate. [@nice2013]
""",
    ("procedure", "kyphoplasty"): """\
---
title: Kyphoplasty
synonyms:
- Balloon kyphoplasty
abbreviations:
- BKP
summary: A balloon makes room before the cement.
at_a_glance:
  family: augmentation
  regions:
  - lumbar
  guidance:
  - fluoroscopy
  anesthesia:
  - general
indications:
- id: height-loss
  condition: vertebral-fracture
  strength: indicated
  note: Where height is lost.
  citations:
  - nice2013
steps:
- id: access
  phase: access
  title: Pass both pedicles
  body: As in [[procedure:vertebroplasty#access]].
  citations:
  - nice2013
---
""",
    ("condition", "vertebral-fracture"): """\
---
title: Osteoporotic vertebral compression fracture
synonyms:
- Osteoporotic vertebral fracture
- Brittle-bone spinal fracture
abbreviations:
- OVCF
- VCF
summary: A vertebral body breaks under an everyday load.
tags:
- spine
type: disease
codes:
- system: ICD-10-CM
  code: M80.08
  label: Age-related osteoporosis with current pathological fracture, vertebra
stances:
- id: nice-2003
  body: NICE
  document: IPG12
  year: 2003
  procedures:
  - vertebroplasty
  direction: conditional
  strength: special arrangements
  population: Adults
  superseded_by: nice-2013
  seen: excerpt
  citations:
  - nice2013
- id: nice-2013
  body: NICE
  document: TA279
  year: 2013
  procedures:
  - kyphoplasty
  - vertebroplasty
  direction: for
  strength: option
  population: Severe ongoing pain after a recent fracture
  seen: full-text
  citations:
  - nice2013
---

## How it is recognized

Marrow edema on STIR. Haemorrhage into the body is rare.
""",
    ("condition", "marrow-edema"): """\
---
title: Marrow edema
synonyms:
- Marrow oedema
summary: Bright marrow on STIR.
type: finding
---
""",
    ("condition", "pregnancy"): """\
---
title: Pregnancy
summary: Radiation is to be kept from the fetus.
type: finding
---
""",
    ("condition", "kummell-disease"): """\
---
title: Kümmell disease
summary: A cleft in a collapsed body, seen in [[condition:vertebral-fracture]].
type: disease
---
""",
    ("complication", "cement-leakage"): """\
---
title: Cement leakage
summary: Cement leaves the vertebral body.
tags:
- cement
codes:
- system: MeSH
  code: D000072836
  label: Extravasation of bone cement
---
""",
    ("case", "t11"): """\
---
title: A fracture of T11
summary: Pain fell within a day.
age_band: 70-79
sex: female
levels:
- T11
conditions:
- vertebral-fracture
procedures:
- vertebroplasty
complications:
- cement-leakage
teaches:
- procedure:vertebroplasty#inject-cement
rights: Made up for the tests.
citations:
- clark2016
---

## The course

Cement entered a vein at L5–S1 and the injection was stopped.
""",
    ("topic", "bone-cement"): """\
---
title: Bone cement
summary: Polymethyl methacrylate hardens within minutes.
tags:
- cement
---

## Working time

Shorter in a warm room. [@nice2013]
""",
    ("term", "pmma"): """\
---
title: Polymethyl methacrylate
abbreviations:
- PMMA
summary: The polymer of [[topic:bone-cement#working-time|bone cement]].
---
""",
    ("reference", "clark2016"): """\
---
title: A trial of vertebroplasty
type: article-journal
evidence: randomized-trial
author:
- family: Clark
  given: W
- family: Bird
  given: P
- family: Gonski
issued: 2016
container-title: The Lancet
volume: 388
page: 1408-1416
DOI: 10.1016/S0140-6736(16)31341-1
PMID: 27544377
seen: abstract
---
""",
    ("reference", "nice2013"): """\
---
title: Vertebroplasty and kyphoplasty for fractures
type: webpage
evidence: guideline
author:
- literal: NICE
issued: 2013-04
URL: https://www.nice.org.uk/guidance/ta279
language: en-GB
seen: full-text
checked: 2026-11-20
---
""",
}


def write(folder, texts=TEXTS):
    """Put texts into a folder as entry files; gives the folder."""
    for (kind, slug), text in texts.items():
        path = Path(folder) / PLURALS[kind] / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return Path(folder)


def document(kind, slug):
    """The document of an entry of this world."""
    return read(kind, slug, TEXTS[kind, slug]).document


def changed(kind, slug, **values):
    """The text of an entry of this world with other values of its fields; None takes a field away."""
    data = to_data(document(kind, slug)) | values
    body = data.pop("body", "")
    return frontmatter.write({name: value for name, value in data.items() if value is not None}, body)


def account(group):
    """A new account in a group of fixtures/groups.json."""
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user
