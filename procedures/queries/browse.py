"""Lists, facets, tags, the edition."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from procedures.models import (
    MODELS,
    PLURALS,
    Act,
    Action,
    Condition,
    Contraindication,
    Edition,
    Entry,
    Facet,
    Indication,
    Procedure,
    Redirect,
    Revision,
    TaggedEntry,
    Vocabulary,
    entry_id,
)

PAGE_SIZE = 100
MOST_TAGS = 20

# Which vocabularies narrow which list, in the order shown.
FACETS = {
    "procedure": ("family", "region", "guidance", "anesthesia", "strength"),
    "condition": ("condition-type",),
    "case": ("age-band", "sex"),
    "reference": ("evidence",),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many entries of the list have it, and whether it is chosen."""

    code: str
    label: str
    count: int
    chosen: bool


def edition():
    """The number of the edition and its date; 0 where nothing was ever published."""
    row = Edition.objects.filter(pk=1).first()
    return (row.number, row.at) if row else (0, None)


def listed(kind, chosen, tag=None):
    """The entries of a kind that have every chosen code. `chosen`: {vocabulary: [codes]}."""
    rows = MODELS[kind].objects.in_order()
    for name, codes in chosen.items():
        for code in codes:
            rows = rows.filter(Exists(Facet.objects.filter(entry_id=OuterRef("pk"), vocabulary_id=f"{name}:{code}")))
    if tag:
        rows = rows.filter(Exists(TaggedEntry.objects.filter(content_object_id=OuterRef("pk"), tag__slug=tag)))
    return rows


def facets(kind, chosen, rows):
    """[(vocabulary name, [Choice])] for the list `rows`, in the vocabularies' own order. One query."""
    names = FACETS.get(kind, ())
    if not names:
        return []
    counts = dict(
        Facet.objects.filter(entry_id__in=rows.order_by().values("pk"), vocabulary__name__in=names)
        .values_list("vocabulary_id")
        .annotate(Count("id"))
    )
    groups = {name: [] for name in names}
    for row in Vocabulary.objects.filter(name__in=names).order_by("name", "position"):
        is_chosen = row.code in chosen.get(row.name, ())
        if counts.get(row.pk) or is_chosen:
            groups[row.name].append(Choice(row.code, row.label, counts.get(row.pk, 0), is_chosen))
    return [(name, choices) for name, choices in groups.items() if choices]


def tags(rows, chosen=None):
    """The commonest tags of the list `rows`, as [Choice]. One query."""
    found = (
        TaggedEntry.objects.filter(content_object_id__in=rows.order_by().values("pk"))
        .values_list("tag__slug", "tag__name")
        .annotate(count=Count("id"))
        .order_by("-count", "tag__slug")[:MOST_TAGS]
    )
    return [Choice(slug, name, count, slug == chosen) for slug, name, count in found]


def tagged(slug):
    """The entries with a tag, in order of kind and title."""
    return Entry.objects.filter(Exists(TaggedEntry.objects.filter(content_object_id=OuterRef("pk"), tag__slug=slug)))


def counts():
    """{kind: how many are published}."""
    found = dict(Entry.objects.values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind, 0) for kind in PLURALS}


def procedures_by_family():
    """[(family label, [Procedure with `steps_count`])] in the vocabulary's order."""
    labels = {row.code: row.label for row in Vocabulary.objects.filter(name="family").order_by("position")}
    groups = {code: [] for code in labels}
    rows = Procedure.objects.annotate(steps_count=Count("steps")).in_order()
    for row in rows[:PAGE_SIZE]:
        groups[row.at_a_glance_family].append(row)
    return [(labels[code], rows) for code, rows in groups.items() if rows]


def conditions_with_statements():
    """Conditions that any procedure's record names, diseases before findings, with `speaks_for` and
    `speaks_against`: how many procedures have a record of that direction.
    """
    spoken = Indication.objects.filter(condition_id=OuterRef("pk"))
    warned = Contraindication.objects.filter(condition_id=OuterRef("pk"))
    return (
        Condition.objects.filter(Exists(spoken) | Exists(warned))
        .annotate(
            speaks_for=Count("indications__entry", distinct=True),
            speaks_against=Count("contraindications__entry", distinct=True),
        )
        .order_by("type", "sort_key", "id")
    )


def latest(limit):
    """The entries published last, the newest first."""
    return Entry.objects.exclude(kind="reference").order_by("-published_at", "id")[:limit]


def published_revisions(kind, slug):
    """The revisions of an entry that were ever live, the newest first, with `published_at` and `why`."""
    acts = Act.objects.filter(kind=kind, slug=slug, action=Action.PUBLISH).select_related("revision").order_by("-id")
    found = {}
    for act in acts:
        revision = found.setdefault(act.revision_id, act.revision)
        revision.published_at, revision.why, revision.edition = act.at, act.note, act.edition
    return list(found.values())


def published_revision(kind, slug, number):
    """One revision that was live, or None: a draft has no public address."""
    acts = Act.objects.filter(kind=kind, slug=slug, action=Action.PUBLISH, revision_id=OuterRef("pk"))
    return Revision.objects.filter(Exists(acts), kind=kind, slug=slug, number=number).first()


def was_published(kind, slug):
    """Something was once published under this name and is no longer."""
    return Act.objects.filter(kind=kind, slug=slug, action=Action.WITHDRAW).exists()


def withdrawal(kind, slug):
    """The act by which this name last left the site, or None."""
    return Act.objects.filter(kind=kind, slug=slug, action=Action.WITHDRAW).order_by("-id").first()


def earlier_names(kind, slug):
    """The slugs that an entry had before; its earlier versions stand under them."""
    return list(Redirect.objects.filter(target_id=entry_id(kind, slug)).order_by("slug").values_list("slug", flat=True))


def is_published(kind, slug):
    return Entry.objects.filter(pk=entry_id(kind, slug)).exists()
