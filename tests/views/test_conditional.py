"""Public pages answer conditional requests by edition, and may be kept by anyone who asks again before use."""

import re

import pytest

from procedures.editorial import actions
from tests import worlds

PUBLIC = [
    "/",
    "/indications/",
    "/glossary/",
    "/about/",
    "/about/coverage/",
    "/procedures/",
    "/procedures/?guidance=ct",
    "/procedures/vertebroplasty/",
    "/procedures/vertebroplasty/history/",
    "/procedures/vertebroplasty/versions/1/",
    "/conditions/vertebral-fracture/",
    "/complications/cement-leakage/",
    "/cases/t11/",
    "/topics/bone-cement/",
    "/references/clark2016/",
    "/terms/",
    "/tags/cement/",
    "/search/",
    "/search/?q=cement",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/feed/",
]


@pytest.fixture
def republished(publisher):
    """A function that publishes a changed topic."""

    def publish():
        text = worlds.changed("topic", "bone-cement", summary="Cement hardens.")
        actions.save_draft(kind="topic", slug="bone-cement", text=text, by=publisher, based_on=1)
        actions.publish(kind="topic", slug="bone-cement", by=publisher, note="Shorter.")

    return publish


@pytest.mark.parametrize("path", PUBLIC)
def test_page_is_not_sent_twice(client, db, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert first.status_code == 200
    assert re.fullmatch(r'(W/)?"[\w-]+"', first["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("path", PUBLIC)
def test_page_may_be_kept_and_must_be_asked_for(client, db, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == again["Cache-Control"] == "public, no-cache"
    assert "cookie" not in first.get("Vary", "").lower()
    assert not first.cookies


@pytest.mark.parametrize("path", PUBLIC)
def test_page_changes_its_tag_with_every_edition(client, db, republished, path):
    before = client.get(path)
    republished()
    after = client.get(path, headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize("path", PUBLIC)
def test_head_answers_as_get_without_body(client, db, path):
    get, head = client.get(path), client.head(path)

    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Cache-Control", "Content-Type")} == {
        name: get[name] for name in ("ETag", "Cache-Control", "Content-Type")
    }


@pytest.mark.parametrize("path", [*PUBLIC, "/healthz", "/readyz", "/robots.txt"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_page_is_only_read(client, db, path, method):
    response = getattr(client, method)(path)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("given", ["*", '"other", {tag}', "W/{tag}", "{tag}"])
def test_tag_is_recognized_in_every_form(client, db, given):
    tag = client.get("/about/")["ETag"].removeprefix("W/")

    assert client.get("/about/", headers={"if-none-match": given.format(tag=tag)}).status_code == 304


def test_tag_of_another_edition_is_not_recognized(client, db):
    assert client.get("/about/", headers={"if-none-match": '"0-000000000000"'}).status_code == 200


def test_not_modified_costs_one_query(client, db, django_assert_num_queries):
    tag = client.get("/procedures/vertebroplasty/")["ETag"]

    with django_assert_num_queries(1):
        client.get("/procedures/vertebroplasty/", headers={"if-none-match": tag})


@pytest.mark.parametrize("path", ["/nothing/", "/procedures/nothing/", "/procedures/vertebroplasty/versions/9/"])
def test_absence_is_not_kept(client, db, path):
    """What is not there today may be published tomorrow."""
    response = client.get(path)

    assert response.status_code == 404
    assert "max-age" not in response.get("Cache-Control", "")
