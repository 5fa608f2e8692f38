"""Production refuses to start half-configured, and a configured one is clean by Django's own checks."""

import pytest

from tests import processes

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL")


@pytest.fixture
def production(tmp_path):
    """The environment of a production site."""
    return {
        "PEDICLE_MODE": "production",
        "SECRET_KEY": "x7Q" * 20,
        "ALLOWED_HOSTS": "pedicle.example, www.pedicle.example",
        "SITE_URL": "https://pedicle.example/",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'pedicle.sqlite3'}",
        "STATIC_ROOT": str(tmp_path / "static"),
        "PYTHONWARNINGS": "error",
    }


def test_production_is_clean_by_every_deployment_check(production):
    done = processes.run(production, "manage.py", "check", "--deploy", "--fail-level", "DEBUG")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("is_empty", [False, True])
def test_production_names_what_is_missing(production, name, is_empty):
    environment = {**production, name: ""} if is_empty else {k: v for k, v in production.items() if k != name}

    done = processes.run(environment, "manage.py", "check")

    assert done.returncode != 0
    assert f"{name} is not set." in done.stderr.splitlines()[-1]
    assert ".env.sample" in done.stderr.splitlines()[-1]


def test_production_tells_of_a_short_key(production):
    done = processes.run(production | {"SECRET_KEY": "short"}, "manage.py", "check", "--deploy")

    assert "SECRET_KEY is short" in done.stderr


def test_mode_that_does_not_exist_is_refused():
    done = processes.run({"PEDICLE_MODE": "staging"}, "manage.py", "check")

    assert done.returncode != 0
    assert "set it to local or production" in done.stderr.splitlines()[-1]


def test_production_answers_over_tls_alone(production):
    answer = processes.get(production, "/procedures/", host="pedicle.example")

    assert answer["status"] == 301


@pytest.mark.parametrize(("host", "status"), [("pedicle.example", 301), ("localhost", 400), ("evil.example", 400)])
def test_production_answers_for_its_own_names_alone(production, host, status):
    assert processes.get(production, "/", host=host)["status"] == status


def test_production_is_asked_for_its_health_without_tls(production):
    assert processes.get(production, "/healthz", host="pedicle.example")["status"] == 200


def test_production_never_shows_its_settings(production):
    assert processes.run(production, "-c", _PRINT, "DEBUG").stdout == "False"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_COOKIE_SECURE", "True"),
        ("CSRF_COOKIE_SECURE", "True"),
        ("SECURE_HSTS_SECONDS", "31536000"),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "True"),
        ("AXES_IPWARE_PROXY_COUNT", "1"),
    ],
)
def test_production_settings_hold(production, name, value):
    assert processes.run(production, "-c", _PRINT, name).stdout == value


def test_local_use_needs_nothing_and_answers_this_machine_alone():
    done = processes.run({}, "-c", _PRINT, "ALLOWED_HOSTS")

    assert done.stdout == "['localhost', '127.0.0.1', '[::1]']"


def test_local_key_is_random_and_not_in_the_tree():
    key = processes.run({}, "-c", _PRINT, "SECRET_KEY").stdout

    assert len(key) > 60
    assert processes.run({}, "-c", _PRINT, "SECRET_KEY").stdout == key


_PRINT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "procedures.settings"
from django.conf import settings
sys.stdout.write(str(getattr(settings, sys.argv[1])))
"""
