"""The whole site, rendered once.

crawl    every address that links lead to from `/`, with what its page holds
"""

import re
from collections import Counter, deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from procedures import edition
from tests import databases
from tests.views import markup

HOST = "http://testserver"
PAST = re.compile(r"/([a-z]+)/[a-z0-9_-]+/(history|versions)/")
# Histories are one template over one text: so many of each kind stand for the rest, which are not rendered.
MOST_PASTS = 15


@pytest.fixture(autouse=True)
def uncached():
    """No page is kept from the test before: what a test sees was made for it."""
    edition.clear()


@dataclass
class Visit:
    """An address, the answer to it, how many clicks it is from `/`, and the page that leads there first."""

    url: str
    depth: int
    came_from: str
    status: int = 0
    type: str = ""
    location: str = ""
    page: markup.Page | None = None
    links: tuple = ()


@pytest.fixture(scope="session")
def crawl(shipped_database, django_db_blocker):
    with django_db_blocker.unblock(), databases.pointed_at(shipped_database):
        return _crawl(Client())


def _crawl(client):
    """{address without fragment: Visit}, breadth first, so that depths are the fewest clicks."""
    found, waiting, pasts = {"/": Visit("/", 0, "")}, deque(["/"]), Counter()
    while waiting:
        visit = found[waiting.popleft()]
        _fetch(client, visit)
        for link in visit.links:
            address = urldefrag(link).url
            past = PAST.match(address)
            if past:
                pasts[past.groups()] += address not in found
            if past and pasts[past.groups()] > MOST_PASTS:
                continue
            if address not in found and _is_followed(visit.url, address):
                found[address] = Visit(address, visit.depth + 1, visit.url)
                waiting.append(address)
    return found


def _fetch(client, visit):
    response = client.get(visit.url)
    visit.status, visit.type = response.status_code, response.get("Content-Type", "").partition(";")[0]
    if visit.status in (301, 302):
        visit.location = response["Location"]
        visit.links = (visit.location,)
    if visit.type == "text/html":
        visit.page = markup.read(response.content.decode())
        absolute = (urljoin(HOST + visit.url, href) for href in visit.page.links)
        visit.links = tuple(link.removeprefix(HOST) for link in absolute if link.startswith(f"{HOST}/"))


def _is_followed(page, address):
    """Choices of facets combine without end: those offered on a list without choices are followed, not theirs."""
    parts = urlsplit(address)
    if parts.path.startswith("/admin/"):
        return False
    return not parts.query or not urlsplit(page).query or urlsplit(page).path != parts.path
