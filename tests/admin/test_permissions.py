"""Who may open and do what: every address of the desk × every sort of account, for GET and POST."""

import pytest
from django.db import transaction

from procedures.editorial import actions
from procedures.models import Manuscript
from tests import worlds

STOCK = ["add/", "1/change/", "1/delete/", "1/history/", "1/", "autocomplete/"]
OPEN, REFUSED, LOGIN = "open", "refused", "login"
EDITORS = {"author", "reviewer", "publisher", "chief"}
PUBLISHERS = {"publisher", "chief"}
ACCOUNTS = ("anonymous", "reader", "nobody", "author", "reviewer", "publisher", "chief")
TOPIC = "/admin/procedures/manuscript/topic/bone-cement/"
TEXT = worlds.changed("topic", "bone-cement", title="Changed")

# address, what is posted (None: it takes no POST), who may
DESK = [
    ("/admin/procedures/manuscript/", None, EDITORS),
    ("/admin/procedures/revision/", None, EDITORS),
    ("/admin/procedures/act/", None, EDITORS),
    ("/admin/procedures/vocabulary/", None, EDITORS),
    ("/admin/auth/user/", None, {"chief"}),
    ("/admin/auth/user/add/", {}, {"chief"}),
    ("/admin/auth/group/", None, {"chief"}),
    ("/admin/procedures/manuscript/new/", None, EDITORS),
    ("/admin/procedures/manuscript/names/topic/", None, EDITORS),
    (TOPIC, {"_text": TEXT, "_based_on": "2", "_do": "save"}, EDITORS),
    (f"{TOPIC}text/", {"_text": TEXT, "_based_on": "2", "_do": "save"}, EDITORS),
    (f"{TOPIC}preview/", {"_text": TEXT}, EDITORS),
    (f"{TOPIC}history/", None, EDITORS),
    (f"{TOPIC}restore/1/", {"note": "x"}, EDITORS),
    (f"{TOPIC}publish/", {"note": "x", "number": "2"}, PUBLISHERS),
    ("/admin/procedures/manuscript/condition/kummell-disease/withdraw/", {"note": "x"}, PUBLISHERS),
    ("/admin/procedures/manuscript/condition/kummell-disease/rename/", {"note": "x", "new_slug": "y"}, PUBLISHERS),
]


@pytest.fixture
def clients(client, sign_in, author, reviewer, publisher, nobody, chief, django_user_model):
    reader = django_user_model.objects.create_user("reader")
    accounts = (reader, nobody, author, reviewer, publisher, chief)
    return {"anonymous": client} | {account.username: sign_in(account) for account in accounts}


@pytest.fixture
def draft(author):
    text = worlds.changed("topic", "bone-cement", title="A draft")
    return actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=1)


def outcome(response):
    if response.status_code == 302 and response["Location"].startswith("/admin/login/?next=/admin/"):
        return LOGIN
    if response.status_code == 403:
        assert "An administrator can add the account to a group that may" in response.content.decode()
        return REFUSED
    assert response.status_code in (200, 302), response
    return OPEN


def expected(account, may):
    if account in ("anonymous", "reader"):
        return LOGIN
    return OPEN if account in may else REFUSED


def standing():
    return list(Manuscript.objects.values_list("kind", "slug", "state", "latest", "live").order_by("pk"))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_get(clients, draft, account):
    before, client = standing(), clients[account]

    assert {address: outcome(client.get(address)) for address, _, _ in DESK} == {
        address: expected(account, may) for address, _, may in DESK
    }
    assert standing() == before


@pytest.mark.parametrize("account", ACCOUNTS)
def test_post(clients, draft, account):
    before, outcomes, changed = standing(), {}, set()
    rows = [row for row in DESK if row[1] is not None]
    for address, data, _ in rows:
        with transaction.atomic():
            outcomes[address] = outcome(clients[account].post(address, data))
            if standing() != before:
                changed.add(address)
            transaction.set_rollback(True)

    assert outcomes == {address: expected(account, may) for address, _, may in rows}
    assert changed <= {address for address, _, may in rows if account in may}
    assert changed or account not in EDITORS


@pytest.mark.parametrize("address", ["new/", "names/topic/", "topic/bone-cement/history/"])
def test_what_only_shows_takes_no_post(clients, address):
    assert clients["chief"].post(f"/admin/procedures/manuscript/{address}").status_code == 405


@pytest.mark.parametrize("account", ["nobody", "author", "publisher", "chief"])
def test_no_form_of_the_stock_admin_writes_entries(clients, account):
    models = ["manuscript", "revision", "act", "vocabulary", "entry", "procedure", "edition", "redirect"]
    for address in (f"/admin/procedures/{model}/{end}" for model in models for end in STOCK):
        for method in (clients[account].get, clients[account].post):
            # Who may not even look is told so where the address could be an entry's.
            assert method(address, {"title": "x", "post": "yes"}).status_code in (404, 403), address


def test_tags_have_no_list_of_their_own(clients):
    assert clients["chief"].get("/admin/taggit/tag/").status_code == 404


def test_dashboard_tells_who_is_in_no_group(clients, draft):
    assert "belongs to no group yet" in clients["nobody"].get("/admin/").content.decode()
    shown = clients["author"].get("/admin/").content.decode()
    assert "Drafts waiting (1)" in shown and "A draft" in shown
