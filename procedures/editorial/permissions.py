"""May this user? (Whether the entry's *state* allows it is asked in `actions`.)"""

from procedures.models import Action

_NEEDS = {
    Action.SAVE_DRAFT: "procedures.write_manuscript",
    Action.PUBLISH: "procedures.publish_manuscript",
    Action.WITHDRAW: "procedures.publish_manuscript",
    Action.RENAME: "procedures.publish_manuscript",
}


class NotAllowed(Exception):
    """The user may not do this; the sentence says what would be needed."""


def require(by, action):
    """Raise NotAllowed unless `by` may act so. None is the operator at the command line, who may do all."""
    if by is None or by.has_perm(_NEEDS[action]):
        return
    verb = {
        Action.SAVE_DRAFT: "write drafts",
        Action.PUBLISH: "publish",
        Action.WITHDRAW: "withdraw entries",
        Action.RENAME: "rename entries",
    }[action]
    raise NotAllowed(f"{by.get_username()} may not {verb}. An administrator can add the account to a group that may.")


def may(by, action):
    try:
        require(by, action)
    except NotAllowed:
        return False
    return True
