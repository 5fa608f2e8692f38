"""The search projection: one row per entry and one per part that can answer a question.

The four columns of stems are what the engines index, from the heaviest to the lightest; `text` is what a snippet
is cut from. The index itself (FTS5 or tsvector) is kept by the database.
"""

from django.db import models

from procedures.models.entry import Entry


class Passage(models.Model):
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="passages")
    anchor = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=600, blank=True)
    text = models.TextField(blank=True)
    stems_title = models.TextField(blank=True)
    stems_names = models.TextField(blank=True)
    stems_heading = models.TextField(blank=True)
    stems_text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="passage_position")]

    def __str__(self):
        return f"{self.entry_id}#{self.anchor}"
