"""Environment → settings. The only module that reads the environment.

Two modes. *Local* (the default) needs nothing and answers on this machine's own names only, so that a forgotten
setting on a public machine refuses every request instead of serving with weak settings. *Production*
(`PEDICLE_MODE=production`) requires SECRET_KEY, ALLOWED_HOSTS, SITE_URL and DATABASE_URL, and says how to set what is
missing; `.env.sample` names all settings.
"""

import os
import secrets
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / "var"

_env = os.environ  # noqa: TID251  the one place
MODE = _env.get("PEDICLE_MODE") or "local"
if MODE not in ("local", "production"):
    raise ImproperlyConfigured(f"PEDICLE_MODE is «{MODE}»; set it to local or production")
LOCAL = MODE == "local"


def _required(name, how):
    value = _env.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {how} See .env.sample for all settings of production.")
    return value


def _local_secret():
    """A random key kept on this machine: local use has no secret that others could know."""
    path = LOCAL_DIR / "secret-key"
    if not path.exists():
        LOCAL_DIR.mkdir(exist_ok=True)
        fresh = LOCAL_DIR / f"secret-key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        fresh.replace(path)
    return path.read_text()


def _hosts():
    if LOCAL:
        return ["localhost", "127.0.0.1", "[::1]"]
    names = _required("ALLOWED_HOSTS", "Name the hosts that the site answers for, separated by commas.")
    return [name.strip() for name in names.split(",") if name.strip()]


def _database_url():
    if LOCAL:
        return _env.get("DATABASE_URL") or f"sqlite:///{LOCAL_DIR / 'pedicle.sqlite3'}"
    return _required("DATABASE_URL", "Give the database's address, such as postgres://user@host/pedicle.")


SECRET_KEY = _env.get("SECRET_KEY") or (
    _local_secret() if LOCAL else _required("SECRET_KEY", "Make one with `openssl rand -base64 48`.")
)
DEBUG = False
ALLOWED_HOSTS = _hosts()
# The address that feeds, sitemaps and citations name; local use takes it from the request.
SITE_URL = "" if LOCAL else _required("SITE_URL", "Give the site's own address, such as https://pedicle.example.")

INSTALLED_APPS = [
    "procedures.apps.ProceduresConfig",
    "taggit",
    "axes",
    "csp",
    "procedures.apps.PedicleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before what may answer by itself (a redirect, a refused host), so that every answer has the header.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "procedures.urls"
WSGI_APPLICATION = "procedures.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(_database_url(), conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes; a writer takes its lock at the start and so never fails half-way.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000;",
        "transaction_mode": "IMMEDIATE",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Five wrong passwords for one name from one address close that door for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "pages/locked_out.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "procedures.client.address"
# Proxies of ours before the application; each appends the address it was asked from.
PROXY_COUNT = 0 if LOCAL else int(_env.get("PROXY_COUNT") or "1")

LANGUAGE_CODE = "en-us"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(_env.get("STATIC_ROOT") or LOCAL_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
MEDIA_ROOT = LOCAL_DIR / "media"

# An entry's text is at most 1 MB (procedures.text.frontmatter); a form of it holds a few hundred fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

TAGGIT_CASE_INSENSITIVE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "procedures.views.errors.csrf_failure"

if not LOCAL:
    # A proxy ends TLS and says so in this header; it must overwrite what clients send (see docs/operators.md).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # The proxy and the supervisor ask without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "procedures": {"level": "INFO"},
        # A request for another host's name is answered 400; whoever scans the net must not fill the log.
        "django.security.DisallowedHost": {"level": "CRITICAL", "propagate": False},
    },
}
