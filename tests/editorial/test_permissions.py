"""Who may do what: the groups of fixtures/groups.json, asked before the state of the entry."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from procedures.editorial import actions, permissions
from procedures.editorial.permissions import NotAllowed, may
from procedures.models import Action, Revision
from tests import worlds
from tests.editorial import desk

LONELY = {"kind": "condition", "slug": "kummell-disease"}

#             save    publish withdraw rename
MAY = {
    "author": (True, False, False, False),
    "reviewer": (True, False, False, False),
    "publisher": (True, True, True, True),
    "nobody": (False, False, False, False),
}
ACTIONS = (Action.SAVE_DRAFT, Action.PUBLISH, Action.WITHDRAW, Action.RENAME)


def _account(name):
    return User.objects.create_user("nobody") if name == "nobody" else worlds.account(name)


@pytest.mark.parametrize("name", MAY)
def test_groups_may(name, db):
    account = _account(name)

    assert tuple(may(account, action) for action in ACTIONS) == MAY[name]


def test_every_action_needs_a_permission():
    assert set(permissions._NEEDS) >= set(ACTIONS)


@pytest.mark.parametrize("name", ["author", "reviewer", "nobody"])
@pytest.mark.parametrize(
    "act",
    [
        lambda by: actions.publish(**LONELY, by=by),
        lambda by: actions.withdraw(**LONELY, by=by, note=""),
        lambda by: actions.rename(**LONELY, new_slug="another", by=by),
        lambda by: actions.publish_all([], by=by, origin="edit"),
    ],
    ids=["publish", "withdraw", "rename", "publish_all"],
)
def test_others_may_not(name, act, db):
    before = desk.edition()

    with pytest.raises(NotAllowed, match=rf"^{name} may not .*\. An administrator can add the account"):
        act(_account(name))

    assert desk.edition() == before
    assert desk.title(**LONELY) == "Kümmell disease"


@pytest.mark.parametrize(
    "act", [desk.save, lambda kind, slug, by: actions.restore(kind=kind, slug=slug, number=1, by=by)]
)
def test_nobody_may_not_write(act, db):
    before = Revision.objects.count()

    with pytest.raises(NotAllowed):
        act(**LONELY, by=_account("nobody"))

    assert Revision.objects.count() == before


def test_account_that_was_closed_may_nothing(publisher):
    publisher.is_active = False
    publisher.save()

    assert not may(User.objects.get(pk=publisher.pk), Action.SAVE_DRAFT)


def test_reader_without_account_may_nothing(db):
    assert not any(may(AnonymousUser(), action) for action in ACTIONS)


def test_administrator_and_command_line_may_all(db):
    administrator = User.objects.create_superuser("root")

    assert all(may(administrator, action) and may(None, action) for action in ACTIONS)
