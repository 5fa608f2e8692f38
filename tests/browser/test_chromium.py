"""Where Chromium comes from, and what is said where there is none."""

import sys
from pathlib import Path

from tests import processes
from tests.browser import chromium


def test_chromium_is_found():
    assert Path(chromium.path()).is_file()


def test_chromium_named_by_the_environment_is_taken():
    done = processes.run({"CHROMIUM": chromium.path(), "PATH": "/nowhere"}, "-m", "tests.browser.chromium")

    assert done.returncode == 0, done.stderr


def test_chromium_named_wrongly_is_said():
    for wrong in ("/nowhere/chromium", sys.prefix):
        done = processes.run({"CHROMIUM": wrong, "PATH": "/nowhere"}, "-m", "tests.browser.chromium")

        assert done.returncode == 1
        assert f"CHROMIUM is «{wrong}», which is not a program that runs." in done.stderr


def test_chromium_that_is_missing_is_said_with_the_way_to_it():
    done = processes.run({"PATH": "/nowhere"}, "-m", "tests.browser.chromium")

    assert done.returncode == 1
    for way in ("apt-get install chromium", "dnf install chromium", "brew install", "CHROMIUM=path"):
        assert way in done.stderr
