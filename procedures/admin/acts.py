"""What is done to an entry besides writing it: publish, withdraw, rename, restore; and its history.

Each act is a page that says what will happen, asks for the reason, and on POST calls the action. What the action
refuses is shown on the same page.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from procedures.admin.editor import manuscript_of
from procedures.admin.forms import normal
from procedures.admin.frame import page, require_view
from procedures.documents.read import read
from procedures.editorial import actions, permissions, revisions
from procedures.models import Act, Action, Revision, State, entry_url
from procedures.text.diff import hunks

_PAGE = 50
_NOT_A_DRAFT = {
    State.PUBLISHED: "There are no unpublished changes.",
    State.WITHDRAWN: "The entry is withdrawn. Save a draft first.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, kind, slug):
    """The newest version becomes what readers see, if it is still the one that was looked at."""
    permissions.require(request.user, Action.PUBLISH)
    manuscript = _existing(kind, slug)
    latest, seen = manuscript.latest, request.POST.get("number", "")
    reading = read(kind, slug, latest.text)
    actions.check([reading])

    def act(note):
        with transaction.atomic():
            now = revisions.locked(kind, slug).latest
            if str(now.number) != seen:
                raise actions.Refused(
                    f"Version {now.number} was saved after you opened this page. Look at the changes below, then publish."
                )
            actions.publish(kind=kind, slug=slug, by=request.user, note=note)
        return f"Version {latest.number} is published: readers see it now."

    return _confirmed(
        request,
        manuscript,
        act,
        {
            "title": f"Publish {manuscript.title}",
            "verb": "Publish",
            "number": latest.number,
            "lead": f"Readers will see version {latest.number}. The reason stands in the public history.",
            "faults": sorted(set(reading.faults)),
            "is_barred": bool(reading.faults) or manuscript.state != State.DRAFT,
            "refusal": "" if manuscript.state == State.DRAFT else _NOT_A_DRAFT[manuscript.state],
            "hunks": hunks(revisions.compare(manuscript.live, latest)),
            "compared": f"From version {manuscript.live.number} to version {latest.number}"
            if manuscript.live
            else "All new",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, kind, slug):
    permissions.require(request.user, Action.WITHDRAW)
    manuscript = _existing(kind, slug)

    def act(note):
        actions.withdraw(kind=kind, slug=slug, by=request.user, note=note)
        return f"{manuscript.title} is withdrawn. Its versions are kept here."

    return _confirmed(
        request,
        manuscript,
        act,
        {
            "title": f"Withdraw {manuscript.title}",
            "verb": "Withdraw",
            "is_grave": True,
            "lead": "The entry leaves the site; its address will say that it was withdrawn. All versions are kept here.",
            "is_barred": manuscript.live is None,
            "refusal": "" if manuscript.live else "It is not published.",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request, kind, slug):
    permissions.require(request.user, Action.RENAME)
    manuscript = _existing(kind, slug)
    new_slug = normal(request.POST.get("new_slug", "")).strip()

    def act(note):
        if not new_slug:
            raise actions.Refused("Give the new name.")
        actions.rename(kind=kind, slug=slug, new_slug=new_slug, by=request.user, note=note)
        return f"«{slug}» is now «{new_slug}». The old address leads there."

    return _confirmed(
        request,
        manuscript,
        act,
        {
            "title": f"Rename {manuscript.title}",
            "verb": "Rename",
            "asks_slug": True,
            "new_slug": new_slug,
            "lead": "The entry gets another slug. Its old address leads to the new one, and every entry that names it is "
            "published anew with the new name.",
        },
        then=("admin:entry_edit", kind, new_slug),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request, kind, slug, number):
    permissions.require(request.user, Action.SAVE_DRAFT)
    manuscript = _existing(kind, slug)
    old = Revision.objects.filter(kind=kind, slug=slug, number=number).first()
    if old is None:
        raise Http404(f"{kind} «{slug}» has no version {number}.")

    def act(note):
        made = actions.restore(kind=kind, slug=slug, number=number, by=request.user, note=note)
        return f"Version {number} is back as the draft, version {made.number}."

    return _confirmed(
        request,
        manuscript,
        act,
        {
            "title": f"Restore version {number} of {manuscript.title}",
            "verb": "Restore as draft",
            "note_is_optional": True,
            "lead": f"The text of version {number} becomes the newest draft. Readers see nothing of it before it is "
            "published.",
            "hunks": hunks(revisions.compare(manuscript.latest, old)),
            "compared": f"From version {manuscript.latest.number} to the text of version {number}",
        },
        then=("admin:entry_edit", kind, slug),
    )


@require_safe
def history(request, kind, slug):
    """All versions, what was done to the entry, and the difference of any two (?old=&new=)."""
    require_view(request.user)
    manuscript = _existing(kind, slug)
    old, new = (_revision(kind, slug, request.GET.get(name, "")) for name in ("old", "new"))
    acts = Act.objects.filter(kind=kind, slug=slug).select_related("by", "revision").defer("revision__text")
    versions = revisions.history(kind, slug).defer("text", "based_on__text")
    return page(
        request,
        "admin/procedures/history.html",
        {
            "title": f"History of {manuscript.title}",
            "kind": kind,
            "slug": slug,
            "manuscript": manuscript,
            "versions": Paginator(versions, _PAGE).get_page(request.GET.get("page")),
            "acts": acts.order_by("-pk")[:_PAGE],
            "old": old,
            "new": new,
            "hunks": hunks(revisions.compare(old, new)) if old and new else None,
            "public_url": entry_url(kind, slug) if manuscript.live_id else "",
            "may_write": permissions.may(request.user, Action.SAVE_DRAFT),
            "may_publish": permissions.may(request.user, Action.PUBLISH),
        },
    )


# -- within -------------------------------------------------------------------------------------------------


def _existing(kind, slug):
    manuscript = manuscript_of(kind, slug)
    if manuscript is None:
        raise Http404(f"There is no {kind} «{slug}».")
    return manuscript


def _revision(kind, slug, number):
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return Revision.objects.filter(kind=kind, slug=slug, number=int(number)).first()


def _confirmed(request, manuscript, act, context, then=None):
    """The page of an act; on POST the act itself, and then the history or the page named by `then`."""
    context = {"kind": manuscript.kind, "slug": manuscript.slug, "manuscript": manuscript, "note": ""} | context
    if request.method != "POST":
        return page(request, "admin/procedures/confirm.html", context)
    context["note"] = normal(request.POST.get("note", "")).strip()
    try:
        if not context["note"] and not context.get("note_is_optional"):
            raise actions.Refused("Say why, in a few words: it stands in the history.")
        done = act(context["note"])
    except (actions.Refused, revisions.EditConflict) as refused:
        context |= {"refusal": str(refused), "faults": getattr(refused, "faults", [])}
        return page(request, "admin/procedures/confirm.html", context, status=409)
    messages.success(request, done)
    return redirect(*(then or ("admin:entry_history", manuscript.kind, manuscript.slug)))
