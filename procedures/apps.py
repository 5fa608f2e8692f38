"""Wiring of the one app and of the admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from procedures import checks  # noqa: F401  registers the system checks


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = "Knowledge base"


class PedicleAdminConfig(AdminConfig):
    default_site = "procedures.admin.site.PedicleAdminSite"
