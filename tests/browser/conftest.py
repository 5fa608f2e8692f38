"""The real site in a real browser: served as `make run` serves it, with every shipped entry.

    site       its address and its accounts; one process a run, with a database and static files of its own
    browser    Chromium
    window     a function that opens a window of its own and hears everything that goes wrong there

What a page tells the console, asks of another host or fails to load is a failure of the test that opened it.
"""

import os
import secrets
import shlex
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.db import connection
from playwright.sync_api import sync_playwright

from tests import databases
from tests.browser import chromium

WAIT = 30
_AXE = "(options) => axe.run(options).then(({violations}) => ({violations}))"
ACCOUNTS = {"author": "author", "publisher": "publisher"}

_SET_UP = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "procedures.settings"
import django
django.setup()
from django.contrib.auth.models import Group, User
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("loaddata", "vocabulary", "groups", verbosity=0)
call_command("load_seeds")
call_command("collectstatic", interactive=False, verbosity=0)
for line in sys.stdin:
    name, group, password = line.split()
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=group))

from procedures.editorial import actions
for slug in ("of-two-versions", "withdrawn"):
    text, number = "---\\ntitle: A topic of the tests\\nsummary: It is published {}.\\n---\\n", None
    for times in ("once", "twice"):
        named = {"kind": "topic", "slug": slug, "by": user}
        number = actions.save_draft(text=text.format(times), based_on=number, **named).number
        actions.publish(note=f"Published {times}.", **named)
actions.withdraw(kind="topic", slug="withdrawn", by=user, note="Its work is done.")
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# -- the site -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    url: str
    passwords: dict = field(repr=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    name = _database(folder)
    environment = {"DATABASE_URL": databases.url(name), "STATIC_ROOT": str(folder / "static"), "PATH": os.defpath}
    passwords = {account: secrets.token_urlsafe(15) for account in ACCOUNTS}
    try:
        _run(environment, "-c", _SET_UP, given=[f"{a} {ACCOUNTS[a]} {password}\n" for a, password in passwords.items()])
        with _served(environment, folder / "log") as url:
            yield Site(url, passwords)
    finally:
        databases.drop(name)


def _database(folder):
    """The name of a new database beside the one under test."""
    if connection.vendor == "sqlite":
        return str(folder / "site.sqlite3")
    name = f"site_{os.getpid()}"
    databases.drop(name)
    databases.copy("template0", name)
    return name


def _run(environment, *arguments, given=()):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment | {"PYTHONWARNINGS": "error"},
        input="".join(given),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


class _served:
    """The server that `make run` starts, on a free port, until the end."""

    def __init__(self, environment, log):
        self.environment, self.log = environment, log

    def __enter__(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                _command(port), cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )
        url, end = f"http://127.0.0.1:{port}", time.monotonic() + WAIT
        while not _answers(f"{url}/readyz"):
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise AssertionError(f"the site did not start:\n{self.log.read_text()}")
            time.sleep(0.1)
        return url

    def __exit__(self, *fault):
        self.stop()
        log = self.log.read_text()
        assert "Traceback" not in log and " ERROR " not in log, log

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(WAIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _command(port):
    """The last command of the Makefile's `run`, with this port."""
    makefile = (settings.BASE_DIR / "Makefile").read_text().replace("\\\n", " ")
    line = next(line for line in makefile.splitlines() if "/granian " in line)
    words = shlex.split(line.strip().lstrip("@").removeprefix("exec ").replace("$(PORT)", str(port)))
    return [str(Path(sys.executable).with_name("granian")), *words[1:]]


def _answers(url):
    try:
        with urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


# -- the browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def browser(site):
    """For these tests alone: while it is open, Django would refuse its own database calls in this process."""
    program = chromium.path()
    assert program, chromium.HOW
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program)
        yield opened
        opened.close()


@dataclass
class Window:
    """A window of the browser on the site, and what went wrong in it."""

    site: Site
    context: object
    page: object
    expected: tuple = ()
    is_heard: bool = True
    faults: list = field(default_factory=list)

    def goto(self, path, status=200):
        """Open an address of the site; gives the page."""
        self.expected = () if status < 400 else (self.site.url + path,)
        answer = self.page.goto(self.site.url + path)
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def violations(self, **options):
        """What axe finds wrong with the page as it is shown, as a report; empty where it finds nothing."""
        # Axe itself sets style attributes and reads style sheets, which the site's policy tells the console.
        self.is_heard = False
        self.page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        options = {"resultTypes": ["violations"], "preload": False, **options}
        found = AxeResults(self.page.evaluate(_AXE, options))
        self.is_heard = True
        return found.generate_report() if found.violations_count else ""

    def listen(self):
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.faults.append(f"{self.page.url}: {error.error}"))
        self.context.on("request", self._request)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._response)

    def _console(self, message):
        # «[DOM]» are Chromium's hints to authors, told to nobody but them.
        if self.is_heard and not message.text.startswith("[DOM]") and message.location.get("url") not in self.expected:
            self.faults.append(f"{self.page.url}: console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((f"{self.site.url}/", "data:", "blob:")):
            self.faults.append(f"{self.page.url}: asks {request.url}")

    def _failed(self, request):
        # A page that is left for another stops what it was loading.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.url}: {request.failure}")

    def _response(self, response):
        if response.status >= 400 and response.url not in self.expected:
            self.faults.append(f"{response.url}: {response.status}")


@pytest.fixture
def window(site, browser):
    """A function that gives a Window; keyword arguments are those of Playwright's contexts."""
    windows = []

    def make(**options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(WAIT * 1000)
        made = Window(site, context, context.new_page())
        made.listen()
        windows.append(made)
        return made

    yield make
    for made in windows:
        made.context.close()
    assert [fault for made in windows for fault in made.faults] == []


def sign_in(window, name):
    """Sign in as an account of the site."""
    page = window.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(window.site.passwords[name])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
