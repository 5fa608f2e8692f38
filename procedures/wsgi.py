"""The application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures.settings")  # noqa: TID251  Django's own entry
application = get_wsgi_application()
