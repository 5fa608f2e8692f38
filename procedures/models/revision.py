"""What editors made: append-only revisions, where each entry stands, the log of acts, the edition.

Nothing here is read by a reader's page but an entry's published history.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from procedures.models.entry import PLURALS


class Origin(models.TextChoices):
    """Through which door a revision came. All doors lead through `editorial`."""

    EDIT = "edit", "edited"
    SEED = "seed", "loaded from a file"
    RESTORE = "restore", "restored"
    RENAME = "rename", "renamed"


class State(models.TextChoices):
    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class Action(models.TextChoices):
    SAVE_DRAFT = "save-draft", "saved a draft"
    PUBLISH = "publish", "published"
    WITHDRAW = "withdraw", "withdrew"
    RENAME = "rename", "renamed"


class Revision(models.Model):
    """One text of one entry, for ever. The database refuses to change or delete it."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=600)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=20, choices=Origin)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug", "number"], name="revision_number"),
            models.CheckConstraint(name="revision_kind_is_known", condition=Q(kind__in=list(PLURALS))),
        ]

    def __str__(self):
        return f"{self.kind}:{self.slug} version {self.number}"

    def get_absolute_url(self):
        return reverse("version", kwargs={"plural": PLURALS[self.kind], "slug": self.slug, "number": self.number})


class Manuscript(models.Model):
    """An entry as editors hold it: its newest revision, the one that is live, and its state.

    The row is also what two writers of one entry queue for.
    """

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=600)
    state = models.CharField(max_length=20, choices=State)
    latest = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="latest_of")
    # One published revision: the column holds one, and no revision can be live twice.
    live = models.OneToOneField(Revision, on_delete=models.PROTECT, null=True, related_name="live_of")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="manuscript_kind_slug"),
            models.CheckConstraint(
                name="manuscript_published_is_live",
                condition=Q(state="withdrawn", live__isnull=True)
                | Q(state="published", live__isnull=False)
                | Q(state="draft"),
            ),
        ]
        indexes = [models.Index(fields=["state", "kind", "slug"], name="manuscript_state")]
        permissions = [
            ("write_manuscript", "Can write drafts"),
            ("review_manuscript", "Can review drafts"),
            ("publish_manuscript", "Can publish, withdraw and rename entries"),
        ]

    def __str__(self):
        return f"{self.kind}:{self.slug}"

    @property
    def plural(self):
        return PLURALS[self.kind]

    @property
    def has_unpublished_changes(self):
        return self.latest_id != self.live_id


class Act(models.Model):
    """Who did what to an entry, when and why. Append-only."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    action = models.CharField(max_length=20, choices=Action)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="acts")
    edition = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "slug", "id"], name="act_of_entry")]

    def __str__(self):
        return f"{self.action} {self.kind}:{self.slug}"


class Edition(models.Model):
    """What is published has one number, which rises at every publish. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="edition_is_one_row", condition=Q(id=1))]

    def __str__(self):
        return f"edition {self.number}"


class Redirect(models.Model):
    """An old slug and the entry that bears its content now."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    target = models.ForeignKey("Entry", on_delete=models.CASCADE, related_name="redirects")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="redirect_from")]

    def __str__(self):
        return f"{self.kind}:{self.slug} → {self.target_id}"
