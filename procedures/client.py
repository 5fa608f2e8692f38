"""Which address a request came from, behind a known number of proxies."""

from django.conf import settings


def address(request):
    """The address that the outermost of our own proxies saw.

    Each proxy appends the address it was asked from to X-Forwarded-For; what stands further left was written by
    the client and proves nothing. With no proxy (PROXY_COUNT 0) the connection's own address counts.
    """
    if settings.PROXY_COUNT:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXY_COUNT:
            return hops[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR")
