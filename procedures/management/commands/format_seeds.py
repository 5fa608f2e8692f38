"""manage.py format_seeds [DIR]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from procedures import seeds
from procedures.management.commands.load_seeds import default_folder


class Command(BaseCommand):
    help = "Write every entry file of a folder in its canonical form. A file with a fault is named and left alone."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", metavar="DIR", help="the folder of entry files (default: seeds/)")

    def handle(self, *args, folder, **options):
        changed, faults = seeds.format_files(Path(folder or default_folder()))
        for path in changed:
            self.stderr.write(f"{path} is now canonical.")
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults; the files that have them were left alone.", returncode=1)
