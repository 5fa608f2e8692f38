"""manage.py check_content"""

from django.core.management.base import BaseCommand, CommandError

from procedures.editorial.content import shortfalls
from procedures.management.progress import Progress


class Command(BaseCommand):
    help = "Print what falls short of the publish gate, as path:line: field: message [check]; exit 1 if anything does."

    def handle(self, *args, **options):
        found = shortfalls(progress=Progress(self.stderr, "Checking"))
        for fault in found:
            self.stdout.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} shortfalls.", returncode=1)
