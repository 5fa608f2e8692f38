"""What a published entry falls short of, as the publish gate found it when the entry was published."""

from django.db import models

from procedures.models.entry import Entry


class Shortfall(models.Model):
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="shortfalls")
    check_name = models.CharField(max_length=40)
    path = models.CharField(max_length=120)
    message = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["check_name", "entry"], name="shortfall_by_check")]

    def __str__(self):
        return f"{self.entry_id} {self.check_name}"
