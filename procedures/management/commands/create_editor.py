"""manage.py create_editor [NAME]"""

import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

NAME = "editor"


class Command(BaseCommand):
    help = "Make the first account, with a random password that is printed once. Does nothing where it exists."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default=NAME)

    def handle(self, *args, name, **options):
        users = get_user_model().objects
        if users.filter(username=name).exists():
            return
        password = secrets.token_urlsafe(15)
        users.create_superuser(username=name, password=password)
        self.stdout.write(
            f"\n  Account «{name}», password «{password}»\n"
            f"  It is shown this once. Sign in at /admin/ and change it there.\n"
        )
