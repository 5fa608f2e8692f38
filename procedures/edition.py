"""Ready bytes of public pages, by edition: a page is made once per edition and then served from memory.

The key holds the edition and the code, so nothing expires and nothing is invalidated. What a page contains is not
known here. Each process keeps its own pages, the least used go first when they fill their share of memory.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache

import brotli
from django.conf import settings
from django.http import HttpResponse

from procedures.queries import browse

MAX_BYTES = 64 * 1024 * 1024
# Nothing is gained by compressing what fits into one packet.
_MIN_COMPRESSED = 1_000
# Longer addresses are made by machines, each once.
_MAX_ADDRESS = 300


@dataclass
class Page:
    """A page as bytes, in each encoding that was asked for so far."""

    content_type: str
    body: bytes
    encoded: dict = field(default_factory=dict)

    def response(self, accepted):
        """The answer in the best encoding that the reader accepts."""
        encoding = next((name for name in _ENCODERS if name in accepted), None)
        if encoding is None or len(self.body) < _MIN_COMPRESSED:
            response = HttpResponse(self.body, content_type=self.content_type)
        else:
            if encoding not in self.encoded:
                self.encoded[encoding] = _ENCODERS[encoding](self.body)
            response = HttpResponse(self.encoded[encoding], content_type=self.content_type)
            response["Content-Encoding"] = encoding
        response["Vary"] = "Accept-Encoding"
        return response

    @property
    def size(self):
        """At most what the page takes: its encodings together are smaller than itself."""
        return 2 * len(self.body)


_ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
_pages = OrderedDict()
_held = 0  # bytes, of all pages together
_lock = threading.Lock()


@lru_cache(maxsize=1)
def code_version():
    """A fingerprint of what makes pages besides the rows, so that a deployment changes every key, on all machines
    alike.
    """
    total = hashlib.sha256()
    made_of = (("templates", "*.html"), ("procedures", "*.py"), ("static", "*.css"), ("static", "*.js"),
               ("fixtures", "*.json"))  # fmt: skip
    for folder, pattern in made_of:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


def tag():
    """The entity tag of every page of this edition. Weak: an encoding does not change what a page says.

    The moment of publishing is part of it, so that a database restored from a backup never repeats a tag.
    """
    number, at = browse.edition()
    moment = f"{at.timestamp():.6f}".replace(".", "") if at else "0"
    return f'W/"{number}-{moment}-{code_version()}"'


def serve(request, edition, make):
    """The answer to a GET or HEAD: ready bytes of this edition, or what `make()` gives, kept if it succeeded."""
    address = request.get_full_path()
    key = (edition, request.get_host(), address)
    page = _pages.get(key)
    if page is None:
        response = make()
        if response.status_code != 200 or response.streaming:
            return response
        page = Page(response["Content-Type"], response.content)
        if len(address) <= _MAX_ADDRESS:
            _keep(key, page)
    else:
        with _lock:
            if key in _pages:
                _pages.move_to_end(key)
    return page.response(_accepted(request))


def clear():
    """Forget every page of this process."""
    global _held
    with _lock:
        _pages.clear()
        _held = 0


def _keep(key, page):
    global _held
    with _lock:
        # An edition that is over is never asked for again.
        if _pages and next(reversed(_pages))[0] != key[0]:
            _pages.clear()
            _held = 0
        if key not in _pages:
            _pages[key] = page
            _held += page.size
        while _held > MAX_BYTES and len(_pages) > 1:
            _, dropped = _pages.popitem(last=False)
            _held -= dropped.size


def _accepted(request):
    """The encodings that a reader accepts; q=0 means that one is not."""
    found = set()
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            found.add(name.strip())
    return found
