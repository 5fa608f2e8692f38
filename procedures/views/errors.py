"""Pages for what went wrong. They tell what happened and where to go next."""

from django.shortcuts import render


def not_found(request, exception=None):
    return render(request, "pages/404.html", status=404)


def csrf_failure(request, reason=""):
    return render(request, "pages/403_csrf.html", {"reason": reason}, status=403)
