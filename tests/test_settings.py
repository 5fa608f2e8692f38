"""Production refuses to start half-configured, and a configured one is clean by Django's own checks."""

import json
import secrets

import pytest

from tests import processes

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL")


@pytest.fixture
def production(tmp_path):
    """The environment of a production site."""
    (tmp_path / "static").mkdir()
    return {
        "PEDICLE_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(48),
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

    done = processes.run(environment, "-c", "import procedures.settings")

    assert done.returncode != 0
    assert f"{name} is not set." in done.stderr.splitlines()[-1]
    assert ".env.sample" in done.stderr.splitlines()[-1]


def test_production_tells_of_a_short_key(production):
    done = processes.run(production | {"SECRET_KEY": "short"}, "manage.py", "check", "--deploy")

    assert "SECRET_KEY is short" in done.stderr


def test_mode_that_does_not_exist_is_refused():
    done = processes.run({"PEDICLE_MODE": "staging"}, "-c", "import procedures.settings")

    assert done.returncode != 0
    assert "set it to local or production" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(("host", "status"), [("pedicle.example", 301), ("localhost", 400), ("evil.example", 400)])
def test_production_answers_for_its_own_names_and_over_tls_alone(production, host, status):
    assert processes.get(production, "/", host=host)["status"] == status


def test_production_is_asked_for_its_health_without_tls(production):
    assert processes.get(production, "/healthz", host="pedicle.example")["status"] == 200


def test_production_settings_hold(production):
    found = read(production)

    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["pedicle.example", "www.pedicle.example"]
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000 and found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["PROXY_COUNT"] == 1


def test_local_use_needs_nothing_and_answers_this_machine_alone():
    found = read({})

    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_local_key_is_random_and_stays():
    key = read({})["SECRET_KEY"]

    assert len(key) > 60
    assert read({})["SECRET_KEY"] == key


def read(environment):
    """The settings that this environment gives."""
    done = processes.run(environment, "-c", _READ)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


_READ = """
import json, sys
from procedures import settings
json.dump({name: value for name, value in vars(settings).items() if name.isupper()}, sys.stdout, default=str)
"""
