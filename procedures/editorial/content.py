"""What falls short of the publish gate among everything that is published."""

from datetime import date

from procedures.documents.read import read
from procedures.editorial import gate
from procedures.editorial.actions import check as check_names
from procedures.models import PLURALS, Manuscript
from procedures.text.faults import Fault


def shortfalls(progress=lambda done, total: None):
    """Sorted Faults of all published entries; each message ends with the name of its check in brackets."""
    found = []
    rows = Manuscript.objects.filter(live__isnull=False).select_related("live").order_by("kind", "slug")
    total = rows.count()
    readings = []
    for done, row in enumerate(rows.iterator(chunk_size=200), 1):
        path = f"{row.plural}/{row.slug}.md"
        reading = read(row.kind, row.slug, row.live.text, path)
        readings.append(reading)
        if reading.document:
            found += gate.faults(reading.document, row.slug, row.live.text, path)
        progress(done, total)
    check_names(readings)
    for reading in readings:
        found += (Fault(f.path, f.line, f.field, f"{f.message} [{gate.NAMES_RESOLVE}]") for f in set(reading.faults))
    for name, identity, message in gate.across(date.today()):
        kind, _, slug = identity.partition(":")
        found.append(Fault(f"{PLURALS[kind]}/{slug}.md", 1, kind, f"{message} [{name}]"))
    return sorted(found)
