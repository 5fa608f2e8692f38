"""The admin site under the product's name: the dashboard, and one answer to whoever may not do something."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from procedures.editorial.permissions import NotAllowed
from procedures.models import Act, Manuscript, State

VIEW = "procedures.view_manuscript"
_SHOWN = 20


class PedicleAdminSite(AdminSite):
    site_title = "Pedicle"
    site_header = "Pedicle: the editors' desk"
    index_title = "Editors' desk"
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        """As in Django, and who may not is told so on a page of the desk."""

        def guarded(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except (NotAllowed, PermissionDenied) as error:
                return refusal(request, str(error))

        return super().admin_view(update_wrapper(guarded, view), cacheable)

    def index(self, request, extra_context=None):
        return super().index(request, (extra_context or {}) | _dashboard(request.user))


def page(request, template, context, status=200):
    """An answer in the frame of the desk."""
    return TemplateResponse(request, template, admin.site.each_context(request) | context, status=status)


def require_view(user):
    """Raise PermissionDenied unless the user may see what editors see."""
    if not user.has_perm(VIEW):
        raise PermissionDenied


def refusal(request, reason=""):
    reason = reason or (
        f"{request.user.get_username()} may not open this page. An administrator can add the account to a group that "
        f"may: author, reviewer or publisher."
    )
    return page(request, "admin/procedures/refused.html", {"title": "Not allowed", "reason": reason}, status=403)


def _dashboard(user):
    if not user.has_perm(VIEW):
        return {}
    drafts = (
        Manuscript.objects.filter(state=State.DRAFT)
        .select_related("latest__by", "live")
        .defer("latest__text", "live__text")
    )
    acts = Act.objects.select_related("by", "revision").defer("revision__text")
    return {
        "drafts": drafts.order_by("-changed_at")[:_SHOWN],
        "draft_count": drafts.count(),
        "acts": acts.order_by("-pk")[:_SHOWN],
    }
