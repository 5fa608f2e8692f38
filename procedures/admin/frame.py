"""The frame of the desk's pages, and the page for whoever may not do something."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

VIEW = "procedures.view_manuscript"


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
