"""The site, and beside it a view that does nothing but answer with so many bytes."""

from functools import cache

from django.http import HttpResponse
from django.urls import path

from procedures.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]


def bare(request, size):
    return HttpResponse(_content(size))


@cache
def _content(size):
    return b"x" * size


urlpatterns = [path("bare/<int:size>/", bare), *urlpatterns]
