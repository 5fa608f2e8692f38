"""Ready bytes of public pages: made once per edition, served in the encoding that is asked for."""

import gzip

import brotli
import pytest
from django.test import Client

from procedures import edition
from procedures.editorial import actions
from procedures.models import Manuscript

URL = "/procedures/"


@pytest.fixture
def site(db):
    return Client(SERVER_NAME="localhost")


def republish(title):
    """Publish the first procedure under another title, by the real road."""
    manuscript = Manuscript.objects.filter(kind="procedure").select_related("latest").first()
    text = manuscript.latest.text.replace(f"title: {manuscript.title}", f"title: {title}", 1)
    name = {"kind": manuscript.kind, "slug": manuscript.slug}
    actions.save_draft(**name, text=text, by=None, based_on=manuscript.latest.number)
    actions.publish(**name, by=None)


def test_page_is_made_once_per_edition(site, django_assert_num_queries):
    first = site.get(URL)
    with django_assert_num_queries(1):  # the edition's number
        again = site.get(URL)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]


def test_page_changes_with_the_edition(site):
    before = site.get(URL)
    republish("Quite another name")
    after = site.get(URL)
    assert b"Quite another name" not in before.content
    assert b"Quite another name" in after.content
    assert before["ETag"] != after["ETag"]


def test_page_of_another_address_is_another_page(site):
    assert site.get(URL).content != site.get(URL, {"page": "1", "family": "biopsy"}).content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
        ("br;q=0,gzip;q=0", None),
    ],
)
def test_encoding_is_the_best_that_is_accepted(site, accepted, encoding):
    plain = site.get(URL).content
    response = site.get(URL, headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    assert response["Vary"] == "Accept-Encoding"
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert decode(response.content) == plain


def test_not_found_is_not_kept(site):
    assert site.get("/procedures/no-such/").status_code == 404
    assert not edition._pages


def test_long_addresses_are_not_kept(site):
    assert site.get("/search/", {"q": "x" * 400}).status_code == 200
    assert not edition._pages


def test_memory_is_bounded(site, monkeypatch):
    monkeypatch.setattr(edition, "MAX_BYTES", 100_000)
    for number in range(40):
        site.get("/search/", {"q": f"word{number}"})
    assert edition._held <= 100_000
    assert edition._held == sum(page.size for page in edition._pages.values())
    assert 1 < len(edition._pages) < 40
