"""What is not published is nowhere: a word that only drafts hold is looked for at every public address."""

import pytest
from django.test import Client
from django.urls import get_resolver

from procedures.editorial import actions
from procedures.models import PLURALS, Act, Manuscript, Revision
from tests import worlds

CANARY = "quetzalcoatlus"
HIDDEN = "hidden-entry"


_ENTRIES = [*(f"/{PLURALS[kind]}/{slug}/" for kind, slug in worlds.TEXTS), f"/conditions/{HIDDEN}/"]
# Every way to ask that the site has, by the name of the address: for what is published and what is not.
ADDRESSES = {
    "home": ["/"],
    "indications": ["/indications/"],
    "glossary": ["/glossary/"],
    "tag": [f"/tags/{slug}/" for slug in ("cement", "spine", CANARY)],
    "search": [
        f"/search/?q={words}{more}"
        for words in (CANARY, "vertebroplasty", "injected", "prose", "hidden", "doctor")
        for more in ("", "&kind=procedure", "&kind=condition")
    ],
    "about": ["/about/"],
    "coverage": ["/about/coverage/"],
    "healthz": ["/healthz"],
    "readyz": ["/readyz"],
    "robots": ["/robots.txt"],
    "sitemap": ["/sitemap.xml"],
    "sitemap-page": ["/sitemap-1.xml"],
    "feed": ["/feed/"],
    "list": [f"/{plural}/{query}" for plural in PLURALS.values() for query in ("", f"?tag={CANARY}")],
    "entry": _ENTRIES,
    "history": [f"{path}history/{query}" for path in _ENTRIES for query in ("", "?old=1&new=2", "?old=2&new=1")],
    "version": [f"{path}versions/{number}/" for path in _ENTRIES for number in (1, 2)],
}


@pytest.fixture
def drafts(author):
    """A draft of an entry that is published, and a draft of one that never was."""
    changes = {
        "title": f"Vertebroplasty {CANARY}",
        "summary": f"A {CANARY} is injected.",
        "synonyms": [CANARY],
        "tags": ["cement", CANARY],
        "plain_summary": f"The doctor calls the {CANARY}.",
        "body": f"## {CANARY.capitalize()}\n\nAnd its prose. [[condition:pregnancy|{CANARY}]]",
    }
    text = worlds.changed("procedure", "vertebroplasty", **changes)
    actions.save_draft(kind="procedure", slug="vertebroplasty", text=text, by=author, note=CANARY, based_on=1)
    text = worlds.changed("condition", "kummell-disease", title=f"The {CANARY}", tags=[CANARY], synonyms=[CANARY])
    actions.save_draft(kind="condition", slug=HIDDEN, text=text, by=author, note=CANARY)


def test_addresses_are_all_that_the_site_has(db):
    names = {pattern.name for pattern in get_resolver().url_patterns if hasattr(pattern, "name")}

    assert set(ADDRESSES) == names


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_draft_is_at_no_public_address(client, author, drafts, name, is_signed_in):
    if is_signed_in:
        client.force_login(author)
    for path in ADDRESSES[name]:
        response = client.get(path)
        # What was asked for is repeated; nothing else may say the word.
        shown = response.content.decode().replace(f"«{CANARY}»", "").replace(f'value="{CANARY}"', "")
        shown = shown.replace(f"q={CANARY}", "").replace(f"tag={CANARY}", "").replace(f"{CANARY}: search", "")

        assert CANARY not in shown.lower(), path
        assert CANARY not in str(response.headers).lower(), path


@pytest.mark.parametrize("path", ["", "history/", "versions/1/", "versions/2/"])
def test_draft_of_new_entry_answers_as_if_it_were_not_there(client, drafts, path):
    hidden = client.get(f"/conditions/{HIDDEN}/{path}")
    unknown = client.get(f"/conditions/never-heard-of/{path}")

    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.decode().replace(HIDDEN, "never-heard-of") == unknown.content.decode()


def test_draft_is_not_a_version(client, drafts):
    assert client.get("/procedures/vertebroplasty/versions/1/").status_code == 200
    assert client.get("/procedures/vertebroplasty/versions/2/").status_code == 404


def test_draft_finds_nothing(client, drafts):
    response = client.get(f"/search/?q={CANARY}")

    assert response.context["found"].results == ()


def test_draft_changes_no_tag_of_a_page(client, author, db):
    """The edition does not rise, so that caches keep what they have."""
    before = client.get("/procedures/vertebroplasty/")["ETag"]
    actions.save_draft(
        kind="procedure",
        slug="vertebroplasty",
        text=worlds.changed("procedure", "vertebroplasty", title=CANARY),
        by=author,
        based_on=1,
    )

    assert client.get("/procedures/vertebroplasty/")["ETag"] == before


@pytest.mark.parametrize(
    "path",
    [
        "/procedures/vertebroplasty/",
        "/procedures/",
        "/procedures/vertebroplasty/history/",
        "/procedures/vertebroplasty/versions/2/",
        "/search/?q=injected",
        f"/tags/{CANARY}/",
        "/feed/",
        "/",
        "/conditions/pregnancy/",
    ],
)
def test_published_draft_is_there(client, publisher, drafts, path):
    """The other half of the proof: the addresses above would have shown it."""
    actions.publish(kind="procedure", slug="vertebroplasty", by=publisher, note=f"A {CANARY} was seen.")

    assert CANARY in client.get(path).content.decode().lower()


def test_preview_of_a_term_is_at_no_public_address(client, publisher, db):
    """Terms are linked from other pages and known for an edition: a preview must not teach them."""
    text = worlds.changed("topic", "bone-cement", body="## Working time\n\nPolymethyl methacrylate is one.")
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=publisher, based_on=1)
    text = worlds.changed("term", "pmma", title=f"Polymethyl {CANARY}", synonyms=["is one"], summary=f"A {CANARY}.")
    actions.save_draft(kind="term", slug="pmma", text=text, by=publisher, based_on=1)
    actions.publish(kind="topic", slug="bone-cement", by=publisher, note="A new edition.")
    desk = Client()
    desk.force_login(publisher)

    preview = desk.get("/admin/procedures/manuscript/term/pmma/preview/").content.decode()
    shown = client.get("/topics/bone-cement/").content.decode()

    assert CANARY in preview
    assert "Polymethyl methacrylate" in shown
    assert CANARY not in shown


def test_draft_after_withdrawal_stays_hidden(client, publisher, author, db):
    actions.withdraw(kind="condition", slug="kummell-disease", by=publisher, note="Doubtful.")
    text = worlds.changed("condition", "kummell-disease", title=f"The {CANARY}")
    actions.save_draft(kind="condition", slug="kummell-disease", text=text, by=author, note=CANARY, based_on=1)

    for path, status in (("", 410), ("history/", 200), ("versions/1/", 200), ("versions/2/", 404)):
        response = client.get(f"/conditions/kummell-disease/{path}")
        assert response.status_code == status, path
        assert CANARY not in response.content.decode(), path


def test_reading_writes_nothing(client, drafts):
    before = [Revision.objects.count(), Act.objects.count(), Manuscript.objects.order_by("pk").values().count()]
    for paths in ADDRESSES.values():
        for path in paths:
            client.get(path)

    assert [Revision.objects.count(), Act.objects.count(), Manuscript.objects.count()] == before
