"""A condition, and what bodies say of procedures in it."""

from django.db import models

from procedures.documents.schema import vocabulary
from procedures.models.entry import Entry
from procedures.models.values import Part, one_of


class Condition(Entry):
    type = models.CharField(max_length=20)

    class Meta:
        constraints = [one_of("condition_type", "type", vocabulary.ConditionType)]


class Stance(Part):
    entry = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="stances")
    body = models.CharField(max_length=600)
    document = models.CharField(max_length=600)
    year = models.PositiveSmallIntegerField(null=True)
    procedures = models.ManyToManyField("Procedure", related_name="stances")
    subject = models.CharField(max_length=600, null=True)
    direction = models.CharField(max_length=20)
    strength = models.CharField(max_length=600)
    scheme = models.CharField(max_length=600, null=True)
    population = models.CharField(max_length=600)
    note = models.TextField(null=True)
    status = models.CharField(max_length=600, null=True)
    superseded_by = models.CharField(max_length=80, null=True)
    seen = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "part_id"], name="stance_part_id"),
            models.UniqueConstraint(fields=["entry", "position"], name="stance_position"),
            one_of("stance_direction", "direction", vocabulary.Direction),
            one_of("stance_seen", "seen", vocabulary.Seen),
        ]
