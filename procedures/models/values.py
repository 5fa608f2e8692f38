"""Columns that parts of several kinds share, and the constraints that keep them true."""

from django.db import models
from django.db.models import F, Q

from procedures.documents.schema import vocabulary


def percent():
    return models.DecimalField(max_digits=12, decimal_places=4, null=True)


def number():
    return models.DecimalField(max_digits=12, decimal_places=4, null=True)


def both_or_neither(name, first, second):
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


def not_above(name, low, high):
    """low ≤ high where both are given."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
    )


def is_percent(name, column):
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": 0, f"{column}__lte": 100}),
    )


def one_of(name, column, codes):
    return models.CheckConstraint(name=name, condition=Q(**{f"{column}__in": [code.value for code in codes]}))


class Part(models.Model):
    """A part with a stable id, which is its anchor on the page."""

    part_id = models.CharField(max_length=80)
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.part_id


class Item(models.Model):
    """A listed value without an id of its own."""

    position = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Code(Item):
    entry = models.ForeignKey("Entry", on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=600)
    label = models.CharField(max_length=600, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="code_position"),
            one_of("code_system", "system", vocabulary.CodeSystem),
            models.CheckConstraint(
                name="code_cpt_has_no_label",
                condition=Q(system="CPT", label__isnull=True) | (~Q(system="CPT") & Q(label__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.system} {self.code}"
