"""Public pages answer conditional requests by edition, and are made once per edition."""

from functools import wraps

from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from procedures import edition


def public(view):
    """A page that shows nothing but what is published: GET and HEAD, an ETag, cached only after asking."""

    @wraps(view)
    @require_safe
    def wrapper(request, *args, **kwargs):
        tag = edition.tag()
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = edition.serve(request, tag, lambda: view(request, *args, **kwargs))
        # On «not modified» too, as RFC 9110 (15.4.5) asks.
        if response.status_code in (200, 304):
            response["ETag"] = tag
        response["Cache-Control"] = "public, no-cache"
        return response

    return wrapper
