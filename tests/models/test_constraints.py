"""The database refuses what must never be, whoever writes and however: each constraint has a row here.

The rows go round the schema and the actions on purpose: straight to the tables of the small world.
"""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from procedures.models import (
    Act,
    Alias,
    Case,
    Citation,
    Code,
    Condition,
    Contraindication,
    Edition,
    Entry,
    Equipment,
    Facet,
    Hazard,
    Indication,
    Link,
    Manuscript,
    Passage,
    Procedure,
    Redirect,
    Reference,
    Revision,
    Risk,
    Stance,
    Step,
    Study,
    TaggedEntry,
    Vocabulary,
)


def again(model, **other):
    """Insert the first row of a table a second time, under a new key."""

    def write():
        row = model.objects.order_by("pk").first()
        row.pk = row.id = None
        for name, value in other.items():
            setattr(row, name, value)
        model.objects.bulk_create([row])

    return write


def change(model, **values):
    """Change every row of a table."""
    return lambda: model.objects.update(**values)


def change_one(model, **values):
    return lambda: model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**values)


def a_part(model):
    """Insert a copy of the first part; its id or its position is what the copy changes."""
    return {"part_id": again(model, position=99), "position": again(model, part_id="another")}


CASES = {
    "entry_kind_slug": change(Entry, kind="topic", slug="same"),
    "entry_id_is_kind_and_slug": change_one(Entry, slug="another"),
    "entry_kind_is_known": lambda: Entry.objects.bulk_create(
        [Entry(id="drug:x", kind="drug", slug="x", title="X", version=1, published_at=timezone.now())]
    ),
    "entry_title_is_not_empty": change(Entry, title=""),
    "tagged_once": again(TaggedEntry),
    "link_position": again(Link),
    "citation_position": again(Citation),
    "vocabulary_name_code": change_one(Vocabulary, code="ct", name="guidance"),
    "vocabulary_name_position": change(Vocabulary, position=0),
    "vocabulary_id_is_name_and_code": change_one(Vocabulary, code="another"),
    "facet_once": again(Facet),
    "alias_once": again(Alias),
    "code_position": again(Code),
    "code_system": change(Code, system="SNOMED"),
    "code_cpt_has_no_label": change(Code, system="CPT", label="Licensed words"),
    "condition_type": change(Condition, type="illness"),
    "stance_part_id": a_part(Stance)["part_id"],
    "stance_position": a_part(Stance)["position"],
    "stance_direction": change(Stance, direction="sideways"),
    "stance_seen": change(Stance, seen="glimpsed"),
    "case_age_band": change(Case, age_band="71"),
    "case_sex": change(Case, sex="x"),
    "reference_type": change(Reference, type="song"),
    "reference_evidence": change(Reference, evidence="hearsay"),
    "reference_seen": change(Reference, seen="glimpsed"),
    "passage_position": again(Passage),
    "procedure_family": change(Procedure, at_a_glance_family="surgery"),
    "procedure_gauge_ends": change_one(Procedure, at_a_glance_access_gauge_low=1, at_a_glance_access_gauge_high=None),
    "procedure_gauge_order": change(Procedure, at_a_glance_access_gauge_low=2, at_a_glance_access_gauge_high=1),
    "procedure_duration_ends": change(Procedure, at_a_glance_duration_minutes_high=5),
    "procedure_duration_order": change(
        Procedure, at_a_glance_duration_minutes_low=9, at_a_glance_duration_minutes_high=5
    ),
    "indication_part_id": a_part(Indication)["part_id"],
    "indication_position": a_part(Indication)["position"],
    "indication_strength": change(Indication, strength="maybe"),
    "indication_certainty": change(Indication, certainty_level="high", certainty_scheme=None),
    "indication_search_is_dated": change(Indication, strength="no-statement", searched=None),
    "contraindication_part_id": a_part(Contraindication)["part_id"],
    "contraindication_position": a_part(Contraindication)["position"],
    "contraindication_grade": change(Contraindication, grade="maybe"),
    "equipment_position": again(Equipment),
    "step_part_id": a_part(Step)["part_id"],
    "step_position": a_part(Step)["position"],
    "step_phase": change(Step, phase="lunch"),
    "hazard_position": again(Hazard),
    "risk_part_id": a_part(Risk)["part_id"],
    "risk_position": a_part(Risk)["position"],
    "risk_severity": change(Risk, severity="awful"),
    "risk_events_and_total": change(Risk, incidence_events=3, incidence_total=None),
    "risk_low_and_high": change(Risk, incidence_low=3, incidence_high=None),
    "risk_low_to_high": change(Risk, incidence_low=9, incidence_high=2),
    "risk_events_within_total": change(Risk, incidence_events=62, incidence_total=61),
    "risk_total_above_zero": change(Risk, incidence_events=0, incidence_total=0),
    "risk_percent": change(Risk, incidence_percent="100.5"),
    "risk_low_percent": change(Risk, incidence_low=-1),
    "risk_high_percent": change(Risk, incidence_high=101),
    "risk_number_says_of_what": change(Risk, incidence_of=None),
    "study_part_id": a_part(Study)["part_id"],
    "study_position": a_part(Study)["position"],
    "study_design": change(Study, design="guess"),
    "study_verdict": change(Study, verdict="great"),
    "study_effect": change(Study, effect_measure="x", effect_value=None, effect_low=None, effect_high=None),
    "study_effect_ends": change(Study, effect_low=None),
    "study_effect_order": change(Study, effect_low=9, effect_high=2),
    "study_effect_level": change(Study, effect_level=101),
    "study_interval_has_value": change(Study, effect_measure=None, effect_value=None),
    "revision_number": again(Revision),
    "revision_kind_is_known": again(Revision, kind="drug"),
    "manuscript_kind_slug": change(Manuscript, kind="topic", slug="same"),
    "manuscript_published_is_live": change(Manuscript, state="published", live=None),
    "edition_is_one_row": lambda: Edition.objects.bulk_create([Edition(id=2, number=1, at=timezone.now())]),
    "redirect_from": lambda: Redirect.objects.bulk_create(
        [Redirect(kind="topic", slug="old", target_id="topic:bone-cement") for _ in range(2)]
    ),
}


# Two that the primary key implies; they are there for their index.
IMPLIED = {"entry_kind_slug": "entry_id_is_kind_and_slug", "vocabulary_name_code": "vocabulary_id_is_name_and_code"}


def refused(write):
    """The words with which the database refuses a write."""

    def commit():
        with transaction.atomic():
            write()
            connection.check_constraints()  # foreign keys are looked at when a transaction ends

    with pytest.raises(IntegrityError) as caught:
        commit()
    return str(caught.value)


@pytest.mark.parametrize("name", CASES)
def test_constraint_refuses(name, db):
    words = refused(CASES[name])

    # SQLite names the columns of a unique constraint, not the constraint.
    assert name in words or words.startswith("UNIQUE constraint failed") or IMPLIED.get(name, "?") in words


def test_every_constraint_is_tried():
    names = {
        constraint.name
        for model in apps.get_app_config("procedures").get_models()
        for constraint in model._meta.constraints
    }

    assert names == set(CASES)


# What columns and keys refuse without a named constraint.
OTHERS = {
    "citation without its reference": change(Citation, reference="reference:ghost"),
    "citation of what is no reference": change(Citation, reference="topic:bone-cement"),
    "indication in what is no condition": change(Indication, condition="topic:bone-cement"),
    "contraindication in what is no condition": change(Contraindication, condition="complication:cement-leakage"),
    "risk of what is no complication": change(Risk, complication="condition:pregnancy"),
    "study of what is no reference": change(Study, reference="condition:pregnancy"),
    "hazard without its step": change(Hazard, step=0),
    "link to nothing": change(Link, target="topic:ghost"),
    "facet of an unknown vocabulary": change(Facet, vocabulary="family:ghost"),
    "fewer than none": change(Risk, incidence_events=-1),
    "second live revision": lambda: Manuscript.objects.update(live=Manuscript.objects.order_by("pk").first().live_id),
    "revision newest of two": lambda: Manuscript.objects.update(latest=Manuscript.objects.first().latest_id),
    "published without text": lambda: Manuscript.objects.update(latest=None),
    "state that is none": change(Manuscript, state="hidden"),
    "act on no revision": again(Act, revision_id=0),
    "redirect to nothing": lambda: Redirect.objects.bulk_create(
        [Redirect(kind="topic", slug="old", target_id="topic:ghost")]
    ),
    "entry without its row of all": lambda: Entry.objects.filter(pk="topic:bone-cement")._raw_delete("default"),
    "reference that is cited taken away": lambda: Entry.objects.filter(pk="reference:clark2016")._raw_delete("default"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_database_refuses(what, db):
    refused(OTHERS[what])


@pytest.mark.parametrize("model", [Revision, Act])
@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(kind=F("kind")),
        lambda rows: rows.update(note="changed"),
        lambda rows: rows._raw_delete("default"),
    ],
    ids=["touched", "changed", "deleted"],
)
def test_history_is_append_only(model, write, db):
    assert model.objects.exists()

    assert "never changed or deleted" in refused(lambda: write(model.objects.all()))


@pytest.mark.parametrize("table", ["procedures_revision", "procedures_act"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'x' WHERE id > 0", "DELETE FROM {} WHERE id > 0"])
def test_history_is_append_only_for_sql_too(table, statement, db):
    def write():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table))

    assert "never changed or deleted" in refused(write)
