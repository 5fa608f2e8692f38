"""Addresses: the contract of the site."""

from django.contrib import admin
from django.urls import path, register_converter

from procedures.models import PLURALS
from procedures.views import browse, entries, errors, search, site


class Plural:
    """procedures, conditions, …: the folder of a kind, given to views as it stands."""

    regex = "|".join(PLURALS.values())

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Name:
    """A slug or a citation key."""

    regex = "[a-z0-9_-]{1,80}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Plural, "plural")
register_converter(Name, "name")

urlpatterns = [
    path("", site.home, name="home"),
    path("indications/", browse.indications, name="indications"),
    path("glossary/", browse.glossary, name="glossary"),
    path("tags/<name:slug>/", browse.tag, name="tag"),
    path("search/", search.search, name="search"),
    path("about/", site.about, name="about"),
    path("about/coverage/", site.coverage, name="coverage"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", site.sitemap_page, name="sitemap-page"),
    path("feed/", site.Changes(), name="feed"),
    path("admin/", admin.site.urls),
    path("<plural:plural>/", browse.listing, name="list"),
    path("<plural:plural>/<name:slug>/", entries.entry, name="entry"),
    path("<plural:plural>/<name:slug>/history/", entries.history, name="history"),
    path("<plural:plural>/<name:slug>/versions/<int:number>/", entries.version, name="version"),
]

handler404 = errors.not_found
handler500 = errors.server_error
