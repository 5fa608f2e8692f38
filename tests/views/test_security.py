"""What the site sends with every answer, what its templates may not hold, and what it refuses."""

import re
import secrets

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from procedures.editorial import actions

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))

ANSWERS = {
    "/": 200,
    "/procedures/vertebroplasty/": 200,
    "/search/?q=%3Cscript%3E": 200,
    "/feed/": 200,
    "/sitemap.xml": 200,
    "/robots.txt": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/terms/pmma/": 301,
    "/procedures": 301,
    "/nothing/": 404,
    "/conditions/kummell-disease/": 410,
    "/admin/": 302,
    "/admin/login/": 200,
}


@pytest.fixture
def answers(client, publisher):
    """Answers of every sort."""
    actions.withdraw(kind="condition", slug="kummell-disease", by=publisher, note="Doubtful.")
    found = {path: client.get(path) for path in ANSWERS}
    assert {path: response.status_code for path, response in found.items()} == ANSWERS
    tag = found["/"]["ETag"]
    found |= {"not modified": client.get("/", headers={"if-none-match": tag}), "not allowed": client.post("/")}
    found["bad request"] = client.get("/", headers={"host": "evil.example"})
    found["forged"] = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    return found


def test_answers_carry_a_strict_content_policy(answers):
    for path, response in answers.items():
        policy = response["Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy, path
        assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_answers_carry_the_header(answers, header, value):
    assert {path: response.get(header) for path, response in answers.items() if response.get(header) != value} == {}


def test_answer_to_a_fault_of_ours_carries_the_headers_too(db, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("procedures.queries.browse.edition", fail)
    response = Client(raise_request_exception=False).get("/about/")

    assert response.status_code == 500
    assert "This page could not be made" in response.content.decode()
    assert "secret" not in response.content.decode()
    assert response["Content-Security-Policy"] and response["X-Frame-Options"] and response["X-Content-Type-Options"]


def test_public_pages_set_no_cookie_and_ask_for_none(answers):
    for path, response in answers.items():
        if not path.startswith("/admin/") and path != "forged":
            assert not response.cookies, path
            assert "cookie" not in response.get("Vary", "").lower(), path


# -- templates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_no_code_and_no_style_of_its_own(path):
    text = path.read_text()

    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"<[^>{%]*\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_escapes_what_it_shows(path):
    """Only the filters of procedures.templatetags give HTML, and that HTML is sanitised."""
    text = path.read_text()

    assert not re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_loads_nothing_from_elsewhere(path):
    text = path.read_text()

    assert not re.search(r"""(?:src|srcset|action)\s*=\s*["'](?:https?:)?//""", text)
    assert not re.search(r"""<link[^>]*href\s*=\s*["'](?:https?:)?//""", text)


# -- static files -------------------------------------------------------------------------------------------


def fetched(client, url, **more):
    response = client.get(url, **more)
    return response, b"".join(response.streaming_content)


@pytest.mark.parametrize("name", ["css/site.css", "js/site.js", "img/mark.svg"])
def test_static_file_is_kept_for_ever_under_its_hash(client, name):
    url = staticfiles_storage.url(name)
    response, _ = fetched(client, url)

    assert re.search(r"\.[0-9a-f]{12}\.", url)
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]) > 300 * 86400
    assert response["X-Content-Type-Options"] == "nosniff"


def test_static_style_imports_hashed_files(client):
    _, body = fetched(client, staticfiles_storage.url("css/site.css"))
    text = body.decode()

    assert len(re.findall(r"@import url\(\"?[a-z]+\.[0-9a-f]{12}\.css", text)) == text.count("@import")


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_static_file_is_compressed_once(client, encoding):
    url = staticfiles_storage.url("css/components.css")
    response, body = fetched(client, url, headers={"accept-encoding": encoding})

    assert response["Content-Encoding"] == encoding
    assert len(body) < len(fetched(client, url)[1]) / 2


@pytest.mark.parametrize("path", ["/static/../manage.py", "/static/%2e%2e/manage.py", "/static/", "/static/css/"])
def test_static_folder_gives_nothing_else(client, db, path):
    assert client.get(path).status_code == 404


# -- accounts -----------------------------------------------------------------------------------------------


@pytest.fixture
def password(author):
    """The password of the account author."""
    chosen = secrets.token_urlsafe(15)
    author.set_password(chosen)
    author.save()
    return chosen


def login(client, name, password, **more):
    return client.post("/admin/login/", {"username": name, "password": password, **more})


def test_password_is_kept_as_argon2(password):
    assert User.objects.get(username="author").password.startswith("argon2$argon2id$")


def test_login_takes_the_password(client, password):
    assert login(client, "author", password)["Location"] == "/admin/"


def test_login_closes_after_five_wrong_passwords(client, password):
    answers = [login(client, "author", "wrong").status_code for _ in range(5)]
    right = login(client, "author", password)

    assert answers[:4] == [200] * 4
    assert answers[4] == right.status_code == 429
    assert "Too many wrong passwords" in right.content.decode()
    assert "sessionid" not in client.cookies


def test_login_of_another_stays_open(client, password):
    for _ in range(5):
        login(client, "somebody", "wrong")

    assert login(client, "author", password).status_code == 302


def test_login_says_the_same_of_unknown_names_and_wrong_passwords(client, password):
    unknown, wrong = (
        list(login(client, name, "wrong").context["form"].non_field_errors()) for name in ("nobody", "author")
    )

    assert unknown == wrong
    assert unknown


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "http:evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
    ],
)
def test_login_leads_nowhere_else(client, password, target):
    assert login(client, "author", password, next=target)["Location"] == "/admin/"


def test_login_sets_cookies_that_scripts_cannot_read(client, password):
    login(client, "author", password)

    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_weak_password_is_refused(db):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    for weak in ("short", "password1234", "author-author"):
        with pytest.raises(ValidationError):
            validate_password(weak, User(username="author-author"))


# -- size ---------------------------------------------------------------------------------------------------


def test_form_of_three_megabytes_is_refused(client, db):
    assert login(client, "author", "x" * 3_000_000).status_code in (400, 413)


def test_form_of_many_fields_is_refused(client, db):
    assert client.post("/admin/login/", {f"f{number}": "" for number in range(20_001)}).status_code == 400


def test_form_with_many_files_is_refused(client, db):
    from io import BytesIO

    assert client.post("/admin/login/", {f"f{number}": BytesIO(b"x") for number in range(11)}).status_code == 400
