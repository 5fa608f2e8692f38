"""A procedure and its parts."""

from django.db import models
from django.db.models import Q

from procedures.documents.schema import vocabulary
from procedures.models.entry import Entry
from procedures.models.values import (
    Item,
    Part,
    both_or_neither,
    is_percent,
    not_above,
    number,
    one_of,
    percent,
)


class Procedure(Entry):
    plain_summary = models.TextField(null=True)
    at_a_glance_family = models.CharField(max_length=40)
    at_a_glance_regions = models.JSONField(default=list)
    at_a_glance_guidance = models.JSONField(default=list)
    at_a_glance_approaches = models.JSONField(default=list)
    at_a_glance_position = models.JSONField(default=list)
    at_a_glance_anesthesia = models.JSONField(default=list)
    at_a_glance_access_gauge_low = number()
    at_a_glance_access_gauge_high = number()
    at_a_glance_filler = models.JSONField(default=list)
    at_a_glance_setting = models.JSONField(default=list)
    at_a_glance_duration_minutes_low = number()
    at_a_glance_duration_minutes_high = number()
    at_a_glance_note = models.TextField(null=True)

    class Meta:
        constraints = [
            one_of("procedure_family", "at_a_glance_family", vocabulary.Family),
            both_or_neither("procedure_gauge_ends", "at_a_glance_access_gauge_low", "at_a_glance_access_gauge_high"),
            not_above("procedure_gauge_order", "at_a_glance_access_gauge_low", "at_a_glance_access_gauge_high"),
            both_or_neither(
                "procedure_duration_ends",
                "at_a_glance_duration_minutes_low",
                "at_a_glance_duration_minutes_high",
            ),
            not_above(
                "procedure_duration_order",
                "at_a_glance_duration_minutes_low",
                "at_a_glance_duration_minutes_high",
            ),
        ]


class ProcedurePart(Part):
    entry = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["entry", "part_id"], name="%(class)s_part_id"),
            models.UniqueConstraint(fields=["entry", "position"], name="%(class)s_position"),
        ]


class Indication(ProcedurePart):
    condition = models.ForeignKey("Condition", on_delete=models.PROTECT, related_name="indications")
    strength = models.CharField(max_length=20)
    certainty_level = models.CharField(max_length=600, null=True)
    certainty_scheme = models.CharField(max_length=600, null=True)
    given = models.ManyToManyField("Condition", related_name="given_in")
    note = models.TextField()
    searched = models.DateField(null=True)

    class Meta(ProcedurePart.Meta):
        constraints = [
            *ProcedurePart.Meta.constraints,
            one_of("indication_strength", "strength", vocabulary.Strength),
            both_or_neither("indication_certainty", "certainty_level", "certainty_scheme"),
            models.CheckConstraint(
                name="indication_search_is_dated",
                condition=~Q(strength="no-statement") | Q(searched__isnull=False),
            ),
        ]


class Contraindication(ProcedurePart):
    condition = models.ForeignKey("Condition", on_delete=models.PROTECT, related_name="contraindications")
    grade = models.CharField(max_length=20)
    why = models.TextField()
    unless = models.TextField(null=True)

    class Meta(ProcedurePart.Meta):
        constraints = [
            *ProcedurePart.Meta.constraints,
            one_of("contraindication_grade", "grade", vocabulary.Grade),
        ]


class Equipment(Item):
    entry = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="equipment")
    item = models.CharField(max_length=600)
    note = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="equipment_position")]


class Step(ProcedurePart):
    phase = models.CharField(max_length=20)
    title = models.CharField(max_length=600)
    body = models.TextField()
    check_for = models.TextField(null=True)  # the schema's `check`, a name that models need
    schematic = models.JSONField(null=True)

    class Meta(ProcedurePart.Meta):
        constraints = [*ProcedurePart.Meta.constraints, one_of("step_phase", "phase", vocabulary.Phase)]


class Hazard(Item):
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="hazards")
    complication = models.ForeignKey("Complication", on_delete=models.PROTECT, null=True, related_name="hazards")
    text = models.TextField()
    rescue = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "position"], name="hazard_position")]


class Risk(ProcedurePart):
    complication = models.ForeignKey("Complication", on_delete=models.PROTECT, related_name="risks")
    population = models.CharField(max_length=600)
    incidence_events = models.PositiveIntegerField(null=True)
    incidence_total = models.PositiveIntegerField(null=True)
    incidence_percent = percent()
    incidence_low = percent()
    incidence_high = percent()
    incidence_range_is = models.CharField(max_length=600, null=True)
    incidence_of = models.CharField(max_length=600, null=True)
    time_point = models.CharField(max_length=600, null=True)
    severity = models.CharField(max_length=20)
    early_sign = models.TextField(null=True)
    prevention = models.TextField(null=True)
    management = models.TextField(null=True)
    note = models.TextField(null=True)

    class Meta(ProcedurePart.Meta):
        constraints = [
            *ProcedurePart.Meta.constraints,
            one_of("risk_severity", "severity", vocabulary.Severity),
            both_or_neither("risk_events_and_total", "incidence_events", "incidence_total"),
            both_or_neither("risk_low_and_high", "incidence_low", "incidence_high"),
            not_above("risk_low_to_high", "incidence_low", "incidence_high"),
            not_above("risk_events_within_total", "incidence_events", "incidence_total"),
            models.CheckConstraint(
                name="risk_total_above_zero",
                condition=Q(incidence_total__isnull=True) | Q(incidence_total__gt=0),
            ),
            is_percent("risk_percent", "incidence_percent"),
            is_percent("risk_low_percent", "incidence_low"),
            is_percent("risk_high_percent", "incidence_high"),
            models.CheckConstraint(
                name="risk_number_says_of_what",
                condition=Q(incidence_of__isnull=False)
                | Q(incidence_events__isnull=True, incidence_percent__isnull=True, incidence_low__isnull=True),
            ),
        ]


class Study(ProcedurePart):
    entry = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="studies")
    reference = models.ForeignKey("Reference", on_delete=models.PROTECT, related_name="studies")
    design = models.CharField(max_length=40)
    n = models.PositiveIntegerField(null=True)
    n_of = models.CharField(max_length=600)
    population = models.CharField(max_length=600)
    comparator = models.CharField(max_length=600, null=True)
    outcome = models.CharField(max_length=600)
    result = models.TextField()
    effect_measure = models.CharField(max_length=600, null=True)
    effect_value = number()
    effect_low = number()
    effect_high = number()
    effect_level = percent()
    effect_unit = models.CharField(max_length=600, null=True)
    verdict = models.CharField(max_length=20)

    class Meta(ProcedurePart.Meta):
        constraints = [
            *ProcedurePart.Meta.constraints,
            one_of("study_design", "design", vocabulary.Design),
            one_of("study_verdict", "verdict", vocabulary.Verdict),
            both_or_neither("study_effect", "effect_measure", "effect_value"),
            both_or_neither("study_effect_ends", "effect_low", "effect_high"),
            not_above("study_effect_order", "effect_low", "effect_high"),
            is_percent("study_effect_level", "effect_level"),
            models.CheckConstraint(
                name="study_interval_has_value",
                condition=Q(effect_low__isnull=True) | Q(effect_value__isnull=False),
            ),
        ]
