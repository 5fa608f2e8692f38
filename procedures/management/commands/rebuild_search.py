"""manage.py rebuild_search"""

from django.core.management.base import BaseCommand

from procedures.editorial.actions import rebuild_search
from procedures.management.progress import Progress


class Command(BaseCommand):
    help = "Make the search index of everything that is published anew."

    def handle(self, *args, **options):
        count = rebuild_search(progress=Progress(self.stderr, "Indexing"))
        self.stderr.write(f"{count} entries indexed.")
