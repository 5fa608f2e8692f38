"""What can be done to an entry. Each action is atomic, permission first, then state; the actor is `by`.

    state        save_draft   publish      withdraw     rename
    (none)       draft        -            -            -
    draft        draft        published    withdrawn¹   -
    published    draft        -            withdrawn    published
    withdrawn    draft        -            -            -

¹ where an earlier revision is live. Restoring is saving an old text as a draft. Loading seeds, importing and
restoring take the same road: a revision, then `_publish`, which applies its document to the rows.
"""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from procedures.documents.read import read, slug_is_valid, unresolved
from procedures.documents.walk import renamed
from procedures.documents.write import to_data, write
from procedures.editorial import gate, permissions, revisions
from procedures.editorial.revisions import EditConflict, locked
from procedures.models import (
    MODELS,
    PLURALS,
    Act,
    Action,
    Citation,
    Edition,
    Entry,
    Link,
    Manuscript,
    Origin,
    Passage,
    Redirect,
    Revision,
    State,
    entry_id,
)
from procedures.projection import apply, document_of, remove
from procedures.search.passages import refresh
from procedures.text import frontmatter
from procedures.text.clean import prose

TRANSITIONS = {
    Action.SAVE_DRAFT: {None, State.DRAFT, State.PUBLISHED, State.WITHDRAWN},
    Action.PUBLISH: {State.DRAFT},
    Action.WITHDRAW: {State.DRAFT, State.PUBLISHED},
    Action.RENAME: {State.PUBLISHED},
}


class Refused(Exception):
    """The action cannot be done; the message says why and what to do. `faults` are those of the text."""

    def __init__(self, message, faults=()):
        super().__init__(message)
        self.faults = sorted(set(faults))


@dataclass
class Change:
    """A text on its way to the rows: the reading of it, and the revision that holds it."""

    kind: str
    slug: str
    text: str
    document: object
    revision: Revision | None = field(default=None)


@transaction.atomic
def save_draft(*, kind, slug, text, by, note="", based_on=None, origin=Origin.EDIT):
    """Append a revision and return it; an unchanged text appends none.

    `based_on` is the number of the revision that the edit began from, None for a new entry. A draft may have
    faults (they bar publishing only), but must be small enough and readable as front matter.
    Raises NotAllowed, Refused, EditConflict.
    """
    permissions.require(by, Action.SAVE_DRAFT)
    text = _canonical(kind, slug, text)
    manuscript = locked(kind, slug)
    _allow(manuscript, Action.SAVE_DRAFT)
    if manuscript and manuscript.latest.number != based_on:
        raise EditConflict(manuscript.latest)
    if manuscript and manuscript.latest.text == text and manuscript.state != State.WITHDRAWN:
        return manuscript.latest
    if manuscript is None and based_on is not None:
        raise Refused(f"There is no {kind} «{slug}» to edit. It may have been renamed.")
    try:
        with transaction.atomic():
            revision = revisions.record(
                manuscript,
                kind=kind,
                slug=slug,
                text=text,
                by=by,
                origin=origin,
                note=note,
                based_on=manuscript and manuscript.latest,
            )
            _move(manuscript, revision, State.DRAFT)
    except IntegrityError:
        # Another new entry of this name was saved in the same moment.
        raise EditConflict(Manuscript.objects.select_related("latest__by").get(kind=kind, slug=slug).latest) from None
    _log(Action.SAVE_DRAFT, revision, by=by, note=note)
    return revision


@transaction.atomic
def publish(*, kind, slug, by, note=""):
    """Make the newest revision what readers see. Raises NotAllowed, or Refused with the faults that bar it."""
    permissions.require(by, Action.PUBLISH)
    take_turn()
    manuscript = locked(kind, slug)
    _allow(manuscript, Action.PUBLISH, f"{kind} «{slug}»")
    revision = manuscript.latest
    reading = read(kind, slug, revision.text)
    check([reading])
    if reading.faults:
        raise Refused("This draft cannot be published; mend these faults first.", reading.faults)
    change = Change(kind, slug, revision.text, reading.document, revision)
    _publish([(manuscript, change)], by=by, note=note)
    return revision


@transaction.atomic
def publish_all(changes, *, by, origin, note="", progress=lambda done, total: None):
    """Record and publish many texts at once, as one edition: all or nothing. The caller has taken its turn,
    then checked them.

    Returns the revisions. `changes` are `Change`s without revisions.
    """
    permissions.require(by, Action.PUBLISH)
    take_turn()
    pairs = []
    for change in changes:
        manuscript = locked(change.kind, change.slug)
        change.revision = revisions.record(
            manuscript,
            kind=change.kind,
            slug=change.slug,
            text=change.text,
            by=by,
            origin=origin,
            note=note,
            based_on=manuscript and manuscript.latest,
        )
        manuscript = _move(manuscript, change.revision, State.DRAFT)
        pairs.append((manuscript, change))
    if pairs:
        _publish(pairs, by=by, note=note, progress=progress)
    return [change.revision for change in changes]


@transaction.atomic
def withdraw(*, kind, slug, by, note):
    """Take an entry off the site; its revisions stay. Refused while published entries lean on it."""
    permissions.require(by, Action.WITHDRAW)
    take_turn()
    manuscript = locked(kind, slug)
    _allow(manuscript, Action.WITHDRAW, f"{kind} «{slug}»")
    if manuscript.live is None:
        raise Refused(f"{kind} «{slug}» is not published.")
    leaning = _leaning(kind, slug)
    if leaning:
        raise Refused(f"{kind} «{slug}» is still named by {_listed(leaning)}. Change those first.")
    revision = manuscript.live
    remove(kind, slug)
    Manuscript.objects.filter(pk=manuscript.pk).update(state=State.WITHDRAWN, live=None, changed_at=timezone.now())
    _log(Action.WITHDRAW, revision, by=by, note=note, edition=_raise_edition())


def restore(*, kind, slug, number, by, note=""):
    """Save the text of an earlier revision as a new draft and return it."""
    old = Revision.objects.filter(kind=kind, slug=slug, number=number).first()
    if old is None:
        raise Refused(f"{kind} «{slug}» has no version {number}.")
    newest = Manuscript.objects.select_related("latest").get(kind=kind, slug=slug).latest
    return save_draft(
        kind=kind,
        slug=slug,
        text=old.text,
        by=by,
        note=note or f"Restored version {number}.",
        based_on=newest.number,
        origin=Origin.RESTORE,
    )


@transaction.atomic
def rename(*, kind, slug, new_slug, by, note=""):
    """Give an entry another slug: a redirect stays, and every entry that names it is published anew with the
    new name, so that no text holds a name that leads nowhere.
    """
    permissions.require(by, Action.RENAME)
    take_turn()
    manuscript = locked(kind, slug)
    _allow(manuscript, Action.RENAME, f"{kind} «{slug}»")
    if locked(kind, new_slug) or Redirect.objects.filter(kind=kind, slug=new_slug).exists():
        raise Refused(f"The name «{new_slug}» is or was taken by another {kind}; choose one never used.")
    note = note or f"Renamed {kind} «{slug}» to «{new_slug}»."
    pairs = []
    for referrer in [(kind, slug), *sorted(_leaning(kind, slug))]:
        own = locked(*referrer)
        if own.has_unpublished_changes:
            raise Refused(f"{referrer[0]} «{referrer[1]}» names it and has an unpublished draft. Publish that first.")
        reading = read(*referrer, own.live.text)
        data = renamed(referrer[0], to_data(reading.document), kind, slug, new_slug)
        text = frontmatter.write({name: value for name, value in data.items() if name != "body"}, data.get("body", ""))
        is_itself = referrer == (kind, slug)
        target = read(kind, new_slug, text) if is_itself else read(*referrer, text)
        if target.faults:
            raise Refused("The new name cannot stand.", target.faults)
        text = write(target.document)
        revision = revisions.record(
            None if is_itself else own,
            kind=target.kind,
            slug=target.slug,
            text=text,
            by=by,
            origin=Origin.RENAME,
            note=note,
            based_on=own.live,
        )
        moved = _move(None if is_itself else own, revision, State.DRAFT)
        pairs.append((moved, Change(target.kind, target.slug, text, target.document, revision)))
    old_live = manuscript.live
    _publish(pairs, by=by, note=note)
    identity = entry_id(kind, new_slug)
    Redirect.objects.filter(target_id=entry_id(kind, slug)).update(target_id=identity)
    remove(kind, slug)
    Redirect.objects.create(kind=kind, slug=slug, target_id=identity)
    Manuscript.objects.filter(pk=manuscript.pk).update(state=State.WITHDRAWN, live=None, changed_at=timezone.now())
    _log(Action.RENAME, old_live, by=by, note=note)
    return pairs[0][1].revision


def take_turn():
    """Wait until nobody else is publishing, then keep the others waiting until the transaction ends: what is checked
    against the published entries must still hold when it joins them.
    """
    Edition.objects.get_or_create(pk=1, defaults={"number": 0, "at": timezone.now()})
    Edition.objects.select_for_update().get(pk=1)


def check(readings):
    """Add to the readings the faults that only what is published can show: names that lead nowhere, and parts
    that published entries link to but these versions no longer have.
    """
    unresolved(readings, _Published(readings))
    together = {entry_id(reading.kind, reading.slug): reading for reading in readings}
    lost = (
        Link.objects.filter(target_id__in=list(together))
        .exclude(target_anchor="")
        .exclude(source_id__in=list(together))
        .values_list("source_id", "target_id", "target_anchor")
        .order_by("source_id", "position")
    )
    for source, target, anchor in lost:
        reading = together[target]
        if anchor not in reading.anchors:
            reading.fault(
                (),
                f"{source} links to the part «{anchor}», which this version does not have; keep the id, "
                f"or change that entry first",
            )
            reading.document = None


def rebuild_search(progress=lambda done, total: None):
    """Make what is derived from everything published anew: the search index, the gate's findings. Returns how many
    entries.
    """
    total, done = Entry.objects.count(), 0
    with transaction.atomic():
        Passage.objects.exclude(entry__in=Entry.objects.all()).delete()
        for model in MODELS.values():
            for entry in model.objects.order_by("pk").iterator():
                document = document_of(entry)
                refresh(entry.slug, document)
                gate.keep(entry.slug, document)
                done += 1
                progress(done, total)
    return done


# -- within -------------------------------------------------------------------------------------------------


def _publish(pairs, *, by, note, progress=lambda done, total: None):
    """Apply documents to the rows, refresh their passages, raise the edition, keep the log."""
    now, edition = timezone.now(), _raise_edition()
    for done, (manuscript, change) in enumerate(pairs, 1):
        apply(change.slug, change.document, version=change.revision.number, at=now)
        refresh(change.slug, change.document)
        gate.keep(change.slug, change.document)
        Manuscript.objects.filter(pk=manuscript.pk).update(
            state=State.PUBLISHED,
            live=change.revision,
            latest=change.revision,
            title=change.document.title,
            changed_at=now,
        )
        _log(Action.PUBLISH, change.revision, by=by, note=note, edition=edition)
        progress(done, len(pairs))


def _canonical(kind, slug, text):
    """The canonical text where it has no faults of its own, else the text as given, cleaned at the ends."""
    if len(text.encode()) > frontmatter.MAX_BYTES:
        raise Refused(f"The text is larger than {frontmatter.MAX_BYTES:,} bytes; split the entry.")
    if kind not in PLURALS:
        raise Refused(f"«{kind}» is not a kind of entry.")
    if not slug_is_valid(kind, slug):
        raise Refused(f"«{slug}» cannot be the name of a {kind}; use lower-case letters, digits and single hyphens.")
    reading = read(kind, slug, text)
    if reading.document:
        return write(reading.document)
    if not reading.lines or frontmatter.read(text).data == {} or any(f.field == "front matter" for f in reading.faults):
        raise Refused("The text cannot be read; mend these faults first.", reading.faults)
    try:
        return prose(text) + "\n"
    except ValueError as error:
        raise Refused(f"The text {error}.", reading.faults) from None


def _allow(manuscript, action, name=""):
    state = manuscript.state if manuscript else None
    if state in TRANSITIONS[action]:
        return
    if manuscript is None:
        raise Refused(f"There is no {name}.")
    if action is Action.PUBLISH and state == State.PUBLISHED:
        raise Refused(f"{name} has no unpublished changes.")
    raise Refused(f"{name} is {State(state).label}, which does not allow this.")


def _move(manuscript, revision, state):
    """Point the manuscript at its newest revision; a new entry gets its manuscript here."""
    now = timezone.now()
    if manuscript is None:
        return Manuscript.objects.create(
            kind=revision.kind, slug=revision.slug, title=revision.title, state=state, latest=revision, changed_at=now
        )
    Manuscript.objects.filter(pk=manuscript.pk).update(
        latest=revision, state=state, title=revision.title, changed_at=now
    )
    return manuscript


def _log(action, revision, *, by, note, edition=None):
    Act.objects.create(
        kind=revision.kind,
        slug=revision.slug,
        action=action,
        revision=revision,
        edition=edition,
        note=note,
        by=by,
        at=timezone.now(),
    )


def _raise_edition():
    """The next edition number; the caller has taken its turn, so editions come one by one."""
    Edition.objects.filter(pk=1).update(number=F("number") + 1, at=timezone.now())
    return Edition.objects.get(pk=1).number


def _leaning(kind, slug):
    """{(kind, slug)} of the other published entries that name or cite this one."""
    identity = entry_id(kind, slug)
    sources = set(Link.objects.filter(target_id=identity).values_list("source__kind", "source__slug"))
    if kind == "reference":
        sources |= set(Citation.objects.filter(reference_id=identity).values_list("source__kind", "source__slug"))
    return sources - {(kind, slug)}


def _listed(entries):
    names = [f"{kind} «{slug}»" for kind, slug in sorted(entries)]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


class _Published:
    """What is published, as `unresolved` asks for it: one query for all names, texts only for links to parts."""

    def __init__(self, readings):
        # Every kind is asked for, so that a fault can say «there is a topic of that name».
        wanted = {entry_id(kind, m.slug) for reading in readings for m in reading.mentions for kind in PLURALS}
        self._found, self._anchors = set(), {}
        wanted = sorted(wanted)
        for start in range(0, len(wanted), 500):
            self._found |= set(Entry.objects.filter(pk__in=wanted[start : start + 500]).values_list("pk", flat=True))

    def __call__(self, kind, slug):
        identity = entry_id(kind, slug)
        if identity not in self._found:
            return None
        return self._anchors.setdefault(identity, _AnchorsOf(kind, slug))


class _AnchorsOf:
    """The anchors of a published entry, read from its live text when first asked."""

    def __init__(self, kind, slug):
        self._name = (kind, slug)
        self._anchors = None

    def __contains__(self, anchor):
        if self._anchors is None:
            kind, slug = self._name
            live = Manuscript.objects.select_related("live").get(kind=kind, slug=slug).live
            self._anchors = read(kind, slug, live.text).anchors
        return anchor in self._anchors
