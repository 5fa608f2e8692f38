"""Public pages answer conditional requests by edition: what was sent once is not made again."""

import hashlib
from functools import lru_cache, wraps

from django.conf import settings
from django.views.decorators.http import condition, require_safe

from procedures.queries import browse


@lru_cache(maxsize=1)
def code_version():
    """A fingerprint of templates and code, so that a deployment changes every tag, on all machines alike."""
    total = hashlib.sha256()
    for folder, pattern in (("templates", "*.html"), ("procedures", "*.py"), ("static", "*.css"), ("static", "*.js")):
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


def public(view):
    """A page that shows nothing but what is published: GET and HEAD, an ETag, cached only after asking."""

    answered = condition(etag_func=lambda request, *args, **kwargs: f'"{browse.edition()[0]}-{code_version()}"')(view)

    @wraps(view)
    @require_safe
    def wrapper(request, *args, **kwargs):
        # On «not modified» too, as RFC 9110 (15.4.5) asks.
        response = answered(request, *args, **kwargs)
        response["Cache-Control"] = "public, no-cache"
        return response

    return wrapper
