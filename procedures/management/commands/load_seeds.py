"""manage.py load_seeds [DIR] [--check] [--overwrite]"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from procedures import seeds
from procedures.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Publish the entry files of a folder. Faults are printed as path:line: field: message, and nothing is written."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", metavar="DIR", help="the folder of entry files (default: seeds/)")
        parser.add_argument("--check", action="store_true", help="report faults, write nothing")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace entries edited or withdrawn since they were seeded"
        )

    def handle(self, *args, folder, check, overwrite, **options):
        report = seeds.load(
            folder or default_folder(), check_only=check, overwrite=overwrite, progress=Progress(self.stderr, "Loading")
        )
        for name in report.kept:
            self.stderr.write(
                f"{name} was edited or withdrawn since it was seeded and is kept; --overwrite replaces it."
            )
        for fault in report.faults:
            self.stdout.write(str(fault))
        if report.faults:
            raise CommandError(f"{len(report.faults)} faults; nothing was written.", returncode=1)
        done = "would be" if check else "are"
        self.stderr.write(
            f"{len(report.new)} entries {done} new, {len(report.changed)} changed, {len(report.unchanged)} unchanged, "
            f"{len(report.kept)} kept."
        )


def default_folder():
    """The shipped entries, named from here where that is shorter."""
    folder = settings.BASE_DIR / "seeds"
    try:
        return folder.relative_to(folder.cwd())
    except ValueError:
        return folder
