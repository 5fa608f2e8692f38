"""The coverage board: entries × checks, counted from the rows that publishing keeps."""

from django.db.models import Count, Exists, OuterRef

from procedures.models import Citation, Entry, Link, Shortfall

PAGE_SIZE = 100


def failed():
    """{(kind, check name): how many published entries fail it}, of the checks that are kept in rows."""
    rows = Shortfall.objects.values_list("entry__kind", "check_name").annotate(count=Count("entry", distinct=True))
    return {(kind, name): count for kind, name, count in rows}


def unnamed():
    """({kind: entries that no other links to}, how many references none cites)."""
    unlinked = _marked().filter(is_linked=False).exclude(kind="reference")
    uncited = _marked().filter(kind="reference", is_cited=False)
    return dict(unlinked.values_list("kind").annotate(count=Count("pk"))), uncited.count()


def entries(kind):
    """The entries of a kind in order, each with `is_linked` and `is_cited`."""
    return _marked().of_kind(kind).in_order()


def shortfalls(rows):
    """{entry id: {check name: [message]}} of some entries. One query."""
    found = {row.pk: {} for row in rows}
    for row in Shortfall.objects.filter(entry_id__in=list(found)).order_by("entry_id", "id"):
        found[row.entry_id].setdefault(row.check_name, []).append(row.message)
    return found


def _marked():
    others = Link.objects.filter(target_id=OuterRef("pk")).exclude(source_id=OuterRef("pk"))
    return Entry.objects.annotate(
        is_linked=Exists(others), is_cited=Exists(Citation.objects.filter(reference_id=OuterRef("pk")))
    )
