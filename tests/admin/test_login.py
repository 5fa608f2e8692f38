"""Signing in: throttled, and never a way to somewhere else."""

import pytest
from django.contrib.auth.models import User

LOGIN = "/admin/login/"
PASSWORD = "a long enough password"  # noqa: S105


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(client, password, next="/admin/"):
    return client.post(LOGIN, {"username": "editor", "password": password, "next": next})


def test_five_wrong_passwords_close_the_door(client, editor):
    answers = [sign_in(client, "wrong").status_code for _ in range(6)]

    assert answers[:4] == [200] * 4
    assert answers[5] == 429
    assert sign_in(client, PASSWORD).status_code == 429


def test_right_password_opens(client, editor):
    assert sign_in(client, PASSWORD)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_login_leads_nowhere_else(client, editor, next):
    assert sign_in(client, PASSWORD, next)["Location"] == "/admin/"


def test_pages_of_the_desk_are_not_kept_by_caches(client, editor):
    client.force_login(editor)

    assert "no-store" in client.get("/admin/")["Cache-Control"]
    assert "no-store" in client.get(LOGIN)["Cache-Control"]
