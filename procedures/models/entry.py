"""What is published: one row per entry with what every kind has, and what it links to, cites and is found by.

Each kind has a table of its own whose primary key is the entry's id, so that a foreign key says which kind it
wants (an indication has a *condition*) while links, tags and lists need only this table (ADR 5).
"""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

# The kinds in the order in which readers meet them: address, singular and plural word.
PLURALS = {
    "procedure": "procedures",
    "condition": "conditions",
    "complication": "complications",
    "case": "cases",
    "topic": "topics",
    "reference": "references",
    "term": "terms",
}


def entry_id(kind, slug):
    """The primary key of an entry: `condition:kummell-disease`."""
    return f"{kind}:{slug}"


def entry_url(kind, slug, anchor=""):
    """The public address of an entry or of a part of it. Terms share one page."""
    if kind == "term":
        return f"{reverse('glossary')}#{slug}"
    url = reverse("entry", kwargs={"plural": PLURALS[kind], "slug": slug})
    return f"{url}#{anchor}" if anchor else url


class EntryQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kind=kind)

    def get_by_natural_key(self, kind, slug):
        return self.get(kind=kind, slug=slug)

    def in_order(self):
        return self.order_by("sort_key", "id")


class Entry(models.Model):
    """A published entry. Its `version` is the number of the revision that is live."""

    id = models.CharField(primary_key=True, max_length=100)
    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=600)
    sort_key = models.CharField(max_length=600)
    synonyms = models.JSONField(default=list)
    abbreviations = models.JSONField(default=list)
    summary = models.TextField(null=True)
    related = models.JSONField(default=list)
    review_by = models.DateField(null=True)
    body = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    tags = TaggableManager(through="TaggedEntry", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entry_kind_slug"),
            models.CheckConstraint(
                name="entry_id_is_kind_and_slug", condition=Q(id=Concat(F("kind"), Value(":"), F("slug")))
            ),
            models.CheckConstraint(name="entry_kind_is_known", condition=Q(kind__in=list(PLURALS))),
            models.CheckConstraint(name="entry_title_is_not_empty", condition=~Q(title="")),
        ]
        indexes = [
            models.Index(fields=["kind", "sort_key", "id"], name="entry_in_order"),
            models.Index(fields=["-published_at", "id"], name="entry_by_date"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.kind, self.slug)

    def get_absolute_url(self):
        return entry_url(self.kind, self.slug)

    @property
    def plural(self):
        return PLURALS[self.kind]


class TaggedEntry(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="%(class)s_items")
    content_object = models.ForeignKey(Entry, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_once")]


class Mention(models.Model):
    """Where in an entry something is named: `path` in the document, `anchor` on the page."""

    source = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="%(class)ss")
    path = models.CharField(max_length=120)
    anchor = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Link(Mention):
    """An entry names another entry, or a part of it."""

    target = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="backlinks")
    target_anchor = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "position"], name="link_position")]


class Citation(Mention):
    """An entry cites a reference. The database refuses a citation without its reference."""

    reference = models.ForeignKey("Reference", on_delete=models.PROTECT, related_name="cited_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "position"], name="citation_position")]


class Vocabulary(models.Model):
    """One code of a controlled vocabulary, with the words that readers see. Loaded from `fixtures/`."""

    id = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    meaning = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "vocabularies"
        constraints = [
            models.UniqueConstraint(fields=["name", "code"], name="vocabulary_name_code"),
            models.UniqueConstraint(fields=["name", "position"], name="vocabulary_name_position"),
            models.CheckConstraint(
                name="vocabulary_id_is_name_and_code",
                condition=Q(id=Concat(F("name"), Value(":"), F("code"))),
            ),
        ]

    def __str__(self):
        return self.label


class Facet(models.Model):
    """An entry holds a code of a vocabulary: what lists are narrowed by."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "entry"], name="facet_once")]


class Alias(models.Model):
    """A name under which an entry is found: title, synonym, abbreviation or code, folded for comparison."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=600)
    folded = models.CharField(max_length=600, db_index=True)
    sort = models.CharField(max_length=20)

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [models.UniqueConstraint(fields=["entry", "folded", "sort"], name="alias_once")]
