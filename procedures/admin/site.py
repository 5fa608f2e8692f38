"""The admin site under the product's name."""

from django.contrib.admin import AdminSite


class PedicleAdminSite(AdminSite):
    site_title = "Pedicle"
    site_header = "Pedicle: the editors' desk"
    index_title = "Editors' desk"
