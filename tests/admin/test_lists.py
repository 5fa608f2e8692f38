"""The lists: what they show, and that they cost the same however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.editorial import actions
from tests import worlds

LISTS = [
    "",
    "procedures/",
    "procedures/manuscript/",
    "procedures/revision/",
    "procedures/act/",
    "procedures/vocabulary/",
]


def html(response):
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def more(author, count):
    for number in range(count):
        text = worlds.changed("topic", "bone-cement", title=f"Topic {number}")
        actions.save_draft(kind="topic", slug=f"topic-{number}", text=text, by=author)


def test_entries_show_where_each_stands(desk, author):
    text = worlds.changed("topic", "bone-cement", title="Canary")
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=1)
    shown = html(desk.get("/admin/procedures/manuscript/", {"q": "canary"}))

    assert '<a href="/admin/procedures/manuscript/topic/bone-cement/">Canary</a>' in shown
    assert '<td class="field-state">draft</td>' in shown
    assert '<td class="field-live_version">1</td>' in shown
    assert '<td class="field-has_changes">version 2</td>' in shown
    assert 'href="/topics/bone-cement/"' in shown
    assert 'href="/admin/procedures/manuscript/topic/bone-cement/history/"' in shown


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kind": "reference"}, 2),
        ({"kind": "procedure", "state__exact": "published"}, 2),
        ({"state__exact": "draft"}, 0),
        ({"unpublished": "yes"}, 0),
        ({"unpublished": "no"}, len(worlds.TEXTS)),
        ({"q": "clark"}, 1),
        ({"q": "nul\x00"}, None),
        ({"kind": "nothing"}, 0),
    ],
)
def test_entries_are_narrowed(desk, query, count):
    response = desk.get("/admin/procedures/manuscript/", query, follow=True)

    assert response.status_code == 200
    if count is not None:
        assert response.context["cl"].result_count == count


@pytest.mark.parametrize("address", LISTS)
def test_queries_of_a_list_do_not_grow(desk, author, address):
    more(author, 3)
    few = queries(desk, f"/admin/{address}")
    for number in range(40):
        text = worlds.changed("topic", "bone-cement", title=f"More {number}")
        actions.save_draft(kind="topic", slug=f"more-{number}", text=text, by=author)

    assert queries(desk, f"/admin/{address}") == few <= 12


@pytest.mark.parametrize("page", ["", "text/", "history/", "publish/"])
def test_queries_of_an_entrys_pages_do_not_grow(desk, author, page):
    address = f"/admin/procedures/manuscript/topic/bone-cement/{page}"
    few = queries(desk, address)
    text = worlds.changed("topic", "bone-cement")
    for number in range(1, 20):
        text = worlds.changed("topic", "bone-cement", title=f"Version {number}")
        actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=number)
    more(author, 20)

    assert abs(queries(desk, address) - few) <= 1
    assert few <= 12


def test_lists_are_paged(desk, author):
    more(author, 60)
    response = desk.get("/admin/procedures/manuscript/", {"p": "2"})

    assert response.context["cl"].result_count == len(worlds.TEXTS) + 60
    assert len(response.context["cl"].result_list) == len(worlds.TEXTS) + 60 - 50
