"""The entry editor: one document as a form or as text, saved as a draft, shown before anyone reads it.

Both modes post to the same addresses and carry the number of the version they began from. Nothing typed is lost:
whatever is refused comes back as it was sent.
"""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from procedures import pages
from procedures.admin import forms
from procedures.admin.fields import fields_of
from procedures.admin.frame import page
from procedures.admin.sheet import BASED_ON, DO, NOTE, TEXT, Sheet
from procedures.documents.read import slug_is_valid
from procedures.documents.schema import KINDS
from procedures.editorial import actions, permissions
from procedures.editorial.revisions import EditConflict, compare
from procedures.models import Action, Entry, Manuscript, Revision, Vocabulary, entry_url
from procedures.text.diff import diff, hunks

SUGGESTIONS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, kind, slug, as_text=False):
    """The entry as a form (`as_text`: as text). Posted: save, publish, check, change mode, or change the parts."""
    permissions.require(request.user, Action.SAVE_DRAFT)
    manuscript = manuscript_of(kind, slug)
    if request.method != "POST":
        if manuscript is None:
            raise Http404(f"There is no {kind} «{slug}».")
        sheet = Sheet.of_text(kind, slug, manuscript.latest.text)
        return _shown(request, sheet, manuscript, manuscript.latest.number, as_text=as_text)
    based_on, wish = _number(request.POST.get(BASED_ON, "")), request.POST.get(DO, "save")
    if wish in ("save", "publish"):
        return _save(request, kind, slug, manuscript, based_on, wish)
    if wish in ("check", "form", "text"):
        sheet = Sheet.posted(kind, slug, request.POST)
        as_text = wish == "text" or (wish == "check" and as_text)
        return _shown(request, sheet, manuscript, based_on, as_text=as_text)
    return _with_parts_changed(request, kind, slug, manuscript, based_on, wish)


def edit_text(request, kind, slug):
    return edit(request, kind, slug, as_text=True)


@require_safe
def new(request):
    """Choose kind and slug; then the empty form. Nothing is written before its first save."""
    permissions.require(request.user, Action.SAVE_DRAFT)
    kind, slug = request.GET.get("kind", ""), request.GET.get("slug", "").strip()
    fault, existing = "", None
    if kind in KINDS and slug:
        existing = manuscript_of(kind, slug) if slug_is_valid(kind, slug) else None
        if existing:
            fault = f"There is a {kind} «{slug}» already."
        elif slug_is_valid(kind, slug):
            return _shown(request, Sheet.of_data(kind, slug, {}), None, None, examined=False)
        else:
            fault = f"«{slug}» cannot be a slug; use lower-case letters, digits and single hyphens."
    elif kind or slug:
        fault = "Choose a kind and give a slug."
    context = {"title": "New entry", "kinds": KINDS, "kind": kind, "slug": slug, "fault": fault, "existing": existing}
    return page(request, "admin/procedures/new.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, kind, slug):
    """The page as readers would see it: of what is posted, else of the newest version. Nothing is kept."""
    permissions.require(request.user, Action.SAVE_DRAFT)
    manuscript = manuscript_of(kind, slug)
    if request.method == "POST":
        sheet = Sheet.posted(kind, slug, request.POST)
    elif manuscript:
        sheet = Sheet.of_text(kind, slug, manuscript.latest.text)
    else:
        raise Http404(f"There is no {kind} «{slug}».")
    response = _previewed(request, sheet.examine(as_text=TEXT in request.POST))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def names(request, kind):
    """Published entries whose title or slug holds ?q=, for the form's suggestions. `kind` may be «entry»: any."""
    permissions.require(request.user, Action.SAVE_DRAFT)
    if kind != "entry" and kind not in KINDS:
        raise Http404(f"«{kind}» is not a kind of entry.")
    words = forms.normal(request.GET.get("q", "")).strip()[:80]
    found = Entry.objects.filter(Q(title__icontains=words) | Q(pk__icontains=words)).in_order().only("slug", "title")
    if kind != "entry":
        found = found.of_kind(kind)
    results = [{"name": row.pk if kind == "entry" else row.slug, "title": row.title} for row in found[:SUGGESTIONS]]
    return JsonResponse({"results": results})


def manuscript_of(kind, slug):
    """The manuscript with its revisions, None where there is none; 404 where there cannot be one."""
    if kind not in KINDS or not slug_is_valid(kind, slug):
        raise Http404(f"There is no {kind} «{slug}».")
    rows = Manuscript.objects.select_related("latest__by", "live__by")
    return rows.filter(kind=kind, slug=slug).first()


# -- within -------------------------------------------------------------------------------------------------


def _save(request, kind, slug, manuscript, based_on, wish):
    sheet, note = Sheet.posted(kind, slug, request.POST), forms.normal(request.POST.get(NOTE, "")).strip()
    as_text = sheet.data is None or request.resolver_match.url_name == "entry_text"
    try:
        revision = actions.save_draft(
            kind=kind, slug=slug, text=sheet.text, by=request.user, note=note, based_on=based_on
        )
    except EditConflict as conflict:
        more = {"conflict": conflict, "hunks": _between(based_on, conflict.theirs, sheet)}
        number = conflict.theirs.number
        return _shown(request, sheet, manuscript, number, as_text=as_text, status=409, note=note, **more)
    except actions.Refused as refused:
        return _shown(request, sheet, manuscript, based_on, as_text=as_text, status=422, note=note, refused=refused)
    if revision.number == based_on and wish == "publish":
        return redirect("admin:entry_publish", kind, slug)
    if revision.number == based_on:
        messages.info(request, f"Nothing was changed: version {revision.number} stands.")
    else:
        messages.success(request, f"Saved as version {revision.number}. Readers do not see it before it is published.")
    if wish == "publish":
        return redirect("admin:entry_publish", kind, slug)
    return redirect("admin:entry_text" if as_text else "admin:entry_edit", kind, slug)


def _between(based_on, theirs, sheet):
    """What they changed since, and how the text on the desk differs from theirs."""
    base = Revision.objects.filter(kind=sheet.kind, slug=sheet.slug, number=based_on).first() if based_on else None
    return {"theirs": hunks(compare(base, theirs)), "yours": hunks(diff(theirs.text, sheet.text))}


def _with_parts_changed(request, kind, slug, manuscript, based_on, wish):
    root = fields_of(kind)
    data = forms.parse(root, dict(request.POST.lists()))
    try:
        shown = forms.change(root, data, wish)
    except ValueError as error:
        return HttpResponseBadRequest(f"{error}.\n", content_type="text/plain; charset=utf-8")
    sheet = Sheet(kind, slug, "", data)
    return _shown(request, sheet, manuscript, based_on, examined=False, part=shown)


def _shown(request, sheet, manuscript, based_on, *, as_text=False, examined=True, part="", status=200, **more):
    """The editor's page with what is on the sheet."""
    only_text = sheet.data is None
    as_text = as_text or only_text
    if examined:
        sheet.examine(as_text=as_text)
    context = {
        "title": manuscript.title if manuscript else f"New {sheet.kind}",
        "kind": sheet.kind,
        "slug": sheet.slug,
        "manuscript": manuscript,
        "public_url": entry_url(sheet.kind, sheet.slug) if manuscript and manuscript.live_id else "",
        "based_on": based_on,
        "note": request.POST.get(NOTE, ""),
        "may_publish": permissions.may(request.user, Action.PUBLISH),
        "form_url": reverse("admin:entry_edit", args=(sheet.kind, sheet.slug)),
        "text_url": reverse("admin:entry_text", args=(sheet.kind, sheet.slug)),
        "faults": sheet.faults,
        **more,
    }
    if as_text:
        lines = sheet.text.split("\n")
        context |= {
            "text": sheet.text,
            "only_text": only_text,
            "rows": min(max(len(lines) + 2, 20), 45),
            "marked": [(fault, lines[fault.line - 1] if fault.line <= len(lines) else "") for fault in sheet.faults],
        }
        return page(request, "admin/procedures/text.html", context, status)
    root = fields_of(sheet.kind)
    node, places = forms.bind(root, sheet.data, faults=sheet.faults, labels=_labels(), shown=part)
    context |= {"root": node, "places": places, "part": part, "suggested": _suggested(root)}
    return page(request, "admin/procedures/editor.html", context, status)


def _previewed(request, sheet):
    if sheet.document and not sheet.faults:
        try:
            return HttpResponse(pages.preview(request, sheet.kind, sheet.slug, sheet.document))
        except actions.Refused as refused:
            sheet.faults = refused.faults or [refused]
    context = {"title": "No preview yet", "faults": sheet.faults}
    return page(request, "admin/procedures/no_preview.html", context, status=422)


def _labels():
    return {(row.name, row.code): row.label for row in Vocabulary.objects.all()}


def _suggested(root):
    """[(kind, entries)] for the single fields that hold a name. References are too many: they are asked for."""
    kinds = {field.names for field in _all_fields(root) if field.sort == "line"} - {"", "entry", "reference"}
    found = {kind: [] for kind in sorted(kinds)}
    for row in Entry.objects.filter(kind__in=list(found)).in_order().only("kind", "slug", "title"):
        found[row.kind].append(row)
    return list(found.items())


def _all_fields(group):
    for field in group.fields:
        yield field
        yield from _all_fields(field)


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
