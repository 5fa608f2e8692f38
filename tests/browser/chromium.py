"""A Chromium for the browser tests.

    python -m tests.browser.chromium

makes sure that there is one: the one that CHROMIUM names, or one on the path, or, for root on Debian or Ubuntu,
one that apt-get installs. Otherwise it says how to get one and exits with 1.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

HOW = """\
The browser tests need Chromium, and none was found. To get it:
  Debian, Ubuntu  apt-get install chromium    (as root; or run `make test` as root once, which does it)
  Fedora          dnf install chromium
  macOS           brew install --cask chromium
                  CHROMIUM=/Applications/Chromium.app/Contents/MacOS/Chromium make test
  elsewhere       CHROMIUM=path make test     (the program of any Chromium or Chrome)
"""


def path():
    """The program, or None where there is none that runs."""
    named = os.environ.get("CHROMIUM")  # noqa: TID251  a setting of the tests, not of the site
    candidates = [named] if named else NAMES
    return next((found for found in map(shutil.which, candidates) if found and _runs(found)), None)


def _runs(program):
    """Ubuntu's package of the name is a script that only asks for another package."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def install():
    """Let apt-get bring one."""
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *arguments], check=False, stdout=subprocess.DEVNULL)


def main():
    if path():
        return 0
    named = os.environ.get("CHROMIUM")  # noqa: TID251
    if named:
        sys.stderr.write(f"CHROMIUM is «{named}», which is not a program that runs.\n")
        return 1
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write("Installing Chromium for the browser tests (apt-get install chromium) …\n")
        install()
        if path():
            return 0
    sys.stderr.write(HOW)
    return 1


if __name__ == "__main__":
    sys.exit(main())
