"""The site's own settings, with one address more: the bare view."""

from procedures.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
