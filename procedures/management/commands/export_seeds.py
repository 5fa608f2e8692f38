"""manage.py export_seeds DIR"""

from django.core.management.base import BaseCommand, CommandError

from procedures import seeds
from procedures.management.progress import Progress


class Command(BaseCommand):
    help = "Write what is published as entry files. The same rows give the same bytes."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="a new or empty folder, or an earlier export to replace")

    def handle(self, *args, folder, **options):
        try:
            count = seeds.export(folder, progress=Progress(self.stderr, "Exporting"))
        except (ValueError, OSError) as error:
            raise CommandError(str(error), returncode=1) from None
        self.stderr.write(f"{count} entries written to {folder}.")
