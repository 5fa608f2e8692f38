"""Pages for what went wrong. They tell what happened and where to go next."""

from django.shortcuts import render


def not_found(request, exception=None):
    reason = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "pages/404.html", {"reason": reason}, status=404)


def server_error(request):
    return render(request, "pages/500.html", status=500)


def csrf_failure(request, reason=""):
    return render(request, "pages/403_csrf.html", status=403)
