"""System checks: what is misconfigured, with an id and a hint. They tell, they never mend."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, Warning, register


@register()
def sqlite_has_full_text(app_configs, **kwargs):
    """Search needs FTS5, which every SQLite of the last ten years has unless it was left out of the build."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" in options:
        return []
    return [
        Error(
            "This Python's SQLite has no FTS5.",
            hint="Use PostgreSQL (DATABASE_URL), or another Python.",
            id="pedicle.E001",
        )
    ]


@register(deploy=True)
def secret_key_is_own(app_configs, **kwargs):
    if len(settings.SECRET_KEY) >= 50:
        return []
    return [Warning("SECRET_KEY is short.", hint="Make one with `openssl rand -base64 48`.", id="pedicle.W001")]
