"""Publish, withdraw, rename, restore and history: each says what it will do, asks why, and tells what is refused."""

import pytest
from django.test import Client

from procedures.editorial import actions
from procedures.models import Act, Entry, Manuscript, State
from tests import worlds
from tests.admin.controls import EDIT, posted

TOPIC = f"{EDIT}/topic/bone-cement/"
KUMMELL = f"{EDIT}/condition/kummell-disease/"


def html(response):
    return response.content.decode()


@pytest.fixture
def draft(author):
    text = worlds.changed("topic", "bone-cement", title="Canary cement")
    return actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=1)


def test_publish_shows_the_difference_and_asks_why(desk, client, draft):
    response = desk.get(f"{TOPIC}publish/")
    assert "<ins>Canary</ins>" in html(response)
    assert "Canary" not in html(client.get("/topics/bone-cement/"))

    response = desk.post(f"{TOPIC}publish/", {"note": "", "number": "2"})
    assert response.status_code == 409 and "Say why" in html(response)
    assert "Canary" not in html(client.get("/topics/bone-cement/"))

    response = desk.post(f"{TOPIC}publish/", {"note": "Reads better.", "number": "2"}, follow=True)
    assert "Version 2 is published" in html(response)
    assert "Canary cement" in html(client.get("/topics/bone-cement/"))
    act = Act.objects.order_by("-pk").first()
    assert (act.action, act.note, act.by.username) == ("publish", "Reads better.", "publisher")


def test_publish_is_refused_with_the_faults(desk, author):
    text = worlds.changed("topic", "bone-cement", summary="See [[topic:nowhere]].")
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=1)

    for response in (
        desk.get(f"{TOPIC}publish/"),
        desk.post(f"{TOPIC}publish/", {"note": "x", "number": "2"}),
    ):
        assert "there is no topic «nowhere»" in html(response)
    assert Manuscript.objects.get(kind="topic", slug="bone-cement").live.number == 1


def test_what_was_not_looked_at_is_not_published(desk, author, draft):
    text = worlds.changed("topic", "bone-cement", title="Not seen yet")
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=2)

    response = desk.post(f"{TOPIC}publish/", {"note": "x", "number": "2"})

    assert response.status_code == 409
    assert "Version 3 was saved after you opened this page" in html(response)
    assert Entry.objects.get(pk="topic:bone-cement").title == "Bone cement"


def test_publish_without_changes_is_refused(desk):
    assert "There are no unpublished changes" in html(desk.get(f"{TOPIC}publish/"))
    response = desk.post(f"{TOPIC}publish/", {"note": "x", "number": "1"})
    assert response.status_code == 409 and "has no unpublished changes" in html(response)


def test_the_publish_button_saves_first(desk):
    form = posted(desk.get(TOPIC)) | {"title": "Anew", "_do": "publish"}
    response = desk.post(TOPIC, form, follow=True)

    assert response.redirect_chain == [(f"{TOPIC}publish/", 302)]
    assert "<ins>Anew</ins>" in html(response)


def test_withdraw(desk, client):
    assert desk.get(f"{KUMMELL}withdraw/").status_code == 200
    assert Entry.objects.filter(pk="condition:kummell-disease").exists()
    response = desk.post(f"{KUMMELL}withdraw/", {"note": "Superseded."}, follow=True)

    assert "is withdrawn" in html(response)
    assert client.get("/conditions/kummell-disease/").status_code == 410
    assert "It is not published" in html(desk.get(f"{KUMMELL}withdraw/"))


def test_withdraw_is_refused_while_others_name_it(desk):
    response = desk.post(f"{TOPIC}withdraw/", {"note": "x"})

    assert response.status_code == 409
    assert "is still named by procedure «vertebroplasty»" in html(response)


def test_rename(desk, client):
    assert desk.get(f"{KUMMELL}rename/").status_code == 200
    response = desk.post(f"{KUMMELL}rename/", {"note": "Shorter.", "new_slug": "kummell"}, follow=True)

    assert response.redirect_chain == [(f"{EDIT}/condition/kummell/", 302)]
    assert client.get("/conditions/kummell-disease/")["Location"] == "/conditions/kummell/"


@pytest.mark.parametrize("name", ["", "Bad Slug", "pregnancy", "../../x", "nul\x00"])
def test_rename_is_refused(desk, name):
    response = desk.post(f"{KUMMELL}rename/", {"note": "x", "new_slug": name})

    assert response.status_code == 409
    assert Manuscript.objects.get(kind="condition", slug="kummell-disease").state == State.PUBLISHED


def test_restore(desk, draft):
    response = desk.get(f"{TOPIC}restore/1/")
    assert "<del>Canary</del>" in html(response)
    response = desk.post(f"{TOPIC}restore/1/", {"note": ""}, follow=True)

    assert "Version 1 is back as the draft, version 3" in html(response)
    latest = Manuscript.objects.get(kind="topic", slug="bone-cement").latest
    assert (latest.number, latest.origin, latest.text) == (3, "restore", worlds.TEXTS["topic", "bone-cement"])
    assert desk.get(f"{TOPIC}restore/9/").status_code == 404


def test_history_lists_versions_and_compares_any_two(desk, draft):
    shown = html(desk.get(f"{TOPIC}history/", {"old": "1", "new": "2"}))

    assert "From version 1 to version 2" in shown and "<ins>Canary</ins>" in shown
    assert "<del>Canary</del>" in html(desk.get(f"{TOPIC}history/", {"old": "2", "new": "1"}))
    for query in ({"old": "9", "new": "x"}, {"old": "²", "new": "1" * 30}, {"page": "zz"}):
        assert "From version" not in html(desk.get(f"{TOPIC}history/", query)).partition("<table")[0]


@pytest.mark.parametrize("act", ["publish", "withdraw", "rename", "restore/1"])
def test_acts_ask_for_the_token_against_forged_requests(publisher, draft, act):
    client = Client(enforce_csrf_checks=True)
    client.force_login(publisher)

    assert client.post(f"{TOPIC}{act}/", {"note": "x", "number": "2", "new_slug": "y"}).status_code == 403
    assert Entry.objects.get(pk="topic:bone-cement").version == 1
