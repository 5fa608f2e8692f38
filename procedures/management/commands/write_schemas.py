"""manage.py write_schemas [DIR]"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from procedures.documents.schema.export import schemas


class Command(BaseCommand):
    help = "Write the JSON Schema of each kind's front matter, from which editors of files get completion."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", metavar="DIR", help="where to write (default: docs/schema/)")

    def handle(self, *args, folder, **options):
        target = Path(folder or settings.BASE_DIR / "docs" / "schema")
        target.mkdir(parents=True, exist_ok=True)
        for name, text in schemas().items():
            (target / name).write_text(text, encoding="utf-8")
