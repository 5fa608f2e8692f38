"""The site in a process of its own, with an environment of its own: for settings, and for databases that fail."""

import json
import subprocess
import sys

from django.conf import settings

_ASK = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "procedures.settings"
import django
django.setup()
from django.test import Client
response = Client(raise_request_exception=False).get(sys.argv[1], headers={"host": sys.argv[2]})
json.dump({"status": response.status_code, "type": response["Content-Type"], "text": response.content.decode()}, sys.stdout)
"""


def run(environment, *command):
    """Run a program of Python's with nothing but this environment."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def get(environment, path, host="localhost"):
    """{"status", "type", "text"} of the answer to GET `path`."""
    done = run(environment, "-c", _ASK, path, host)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
