"""Folders of entry files: check, load, export. All faults are gathered before anything is written."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from procedures.documents.read import Reading, read
from procedures.documents.schema import KINDS
from procedures.documents.write import write
from procedures.editorial import actions
from procedures.editorial.revisions import digest
from procedures.models import MODELS, PLURALS, Manuscript, Origin, State
from procedures.projection import document_of
from procedures.text.faults import Fault
from procedures.text.frontmatter import MAX_BYTES

_FOLDERS = {plural: kind for kind, plural in PLURALS.items()}


@dataclass
class Report:
    """What a load found and did. Names are `kind:slug`."""

    faults: list[Fault] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def load(folder, *, check_only=False, overwrite=False, by=None, progress=lambda done, total: None):
    """Publish every file of a folder that is new or changed: all or nothing.

    An entry whose newest revision was made by an editor, or that was withdrawn, is kept and named, unless
    `overwrite`.
    """
    report = Report()
    readings = [_read(path, folder, report) for path in _files(Path(folder), report)]
    readings = [reading for reading in readings if reading]
    with transaction.atomic():
        if not check_only:
            actions.take_turn()
        changes = _changes(readings, report, overwrite)
        if report.faults:
            transaction.set_rollback(True)
        elif not check_only:
            actions.publish_all(changes, by=by, origin=Origin.SEED, note="Loaded from a file.", progress=progress)
    report.faults.sort()
    return report


def export(folder, progress=lambda done, total: None):
    """Write everything that is published, one file an entry, as the same bytes every time.

    A folder that exists is replaced as a whole, and only if it holds nothing but entry files; otherwise
    ValueError. Returns the number of files.
    """
    target = Path(folder)
    if target.exists():
        _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        count = _write_all(fresh, progress)
        fresh.chmod(0o755)
        if target.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
            target.rename(old / "was")
            fresh.rename(target)
            shutil.rmtree(old)
        else:
            fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return count


def format_files(folder):
    """Rewrite the fault-free files of a folder canonically: (paths changed, faults of the others)."""
    report, changed = Report(), []
    for path in _files(folder, report):
        reading = _read(path, folder, report)
        if reading is None or reading.document is None:
            report.faults += set(reading.faults) if reading else ()
            continue
        text = write(reading.document)
        if path.read_bytes() != text.encode():
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed, sorted(report.faults)


def _files(folder, report):
    """Every entry file of the folder in a fixed order; what else lies there is a fault."""
    if not folder.is_dir():
        report.faults.append(
            Fault(str(folder), 1, "folder", "there is no such folder; name one that holds procedures/, conditions/, …")
        )
        return []
    found, root = [], folder.resolve()
    for path in sorted(folder.rglob("*")):
        shown = str(path)
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if not shown.isprintable():
            shown = shown.encode("unicode_escape").decode()
            report.faults.append(Fault(shown, 1, "path", "has a name with characters that are not text; rename it"))
        elif _leads_outside(path, root):
            report.faults.append(Fault(shown, 1, "path", "leads outside the folder; put the file itself here"))
        elif path.is_dir():
            if path.parent != folder or path.name not in _FOLDERS:
                report.faults.append(
                    Fault(shown, 1, "path", f"is not a folder of entries; the folders are {', '.join(_FOLDERS)}")
                )
        elif path.parent.parent != folder or path.parent.name not in _FOLDERS or path.suffix != ".md":
            if path.parent == folder or path.parent.name in _FOLDERS:
                report.faults.append(Fault(shown, 1, "path", "is not an entry; entries are <kind>s/<slug>.md"))
        elif not path.is_file():
            report.faults.append(Fault(shown, 1, "path", "is not an ordinary file; put the entry itself here"))
        else:
            found.append(path)
    return found


def _leads_outside(path, root):
    try:
        return not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link that leads in circles is no ordinary file: that is said instead
        return False


def _read(path, folder, report):
    shown = str(path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        report.faults.append(Fault(shown, 1, "file", f"cannot be read: {error.strerror}"))
        return None
    if size > MAX_BYTES:
        report.faults.append(Fault(shown, 1, "file", f"is {size:,} bytes; an entry has at most {MAX_BYTES:,}"))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.faults.append(
            Fault(shown, line, "file", f"is not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8")
        )
        return None
    return read(_FOLDERS[path.parent.name], path.stem, text, shown)


def _changes(readings, report, overwrite):
    """Sort readings into new, changed, unchanged and kept; check those to be published against all others."""
    standing = {}
    rows = Manuscript.objects.select_related("latest", "live").only(
        "kind", "slug", "state", "latest__origin", "latest__digest", "live__digest"
    )
    for manuscript in rows.iterator():
        standing[manuscript.kind, manuscript.slug] = manuscript
    wanted: list[Reading] = []
    for reading in readings:
        manuscript = standing.get((reading.kind, reading.slug))
        name = f"{reading.kind}:{reading.slug}"
        mark = reading.document and digest(write(reading.document))
        if manuscript is None:
            report.new.append(name)
        elif manuscript.live and manuscript.latest_id == manuscript.live_id and manuscript.live.digest == mark:
            report.unchanged.append(name)
        elif (manuscript.latest.origin != Origin.SEED or manuscript.state == State.WITHDRAWN) and not overwrite:
            report.kept.append(name)
            report.faults += reading.faults
            continue
        else:
            report.changed.append(name)
        wanted.append(reading)
    actions.check(wanted)
    for reading in wanted:
        report.faults += set(reading.faults)
    unchanged = set(report.unchanged)
    return [
        actions.Change(reading.kind, reading.slug, write(reading.document), reading.document)
        for reading in wanted
        if reading.document and f"{reading.kind}:{reading.slug}" not in unchanged
    ]


def _refuse_foreign(target):
    if not target.is_dir():
        raise ValueError(f"{target} is not a folder; name a folder to export to")
    for path in target.rglob("*"):
        entry = path.suffix == ".md" and path.parent.parent == target and path.parent.name in _FOLDERS
        kind = path.is_dir() and path.parent == target and path.name in _FOLDERS
        if not (entry or kind) or path.is_symlink():
            raise ValueError(
                f"{target} holds {path.relative_to(target)}, which is not an entry file; an export "
                f"replaces the whole folder, so name a new or an empty one"
            )


def _write_all(folder, progress):
    total = sum(model.objects.count() for model in MODELS.values())
    done = 0
    with transaction.atomic():  # one moment of the base, whoever publishes meanwhile
        for kind in KINDS:
            for entry in MODELS[kind].objects.order_by("pk").iterator():
                path = folder / PLURALS[kind] / f"{entry.slug}.md"
                path.parent.mkdir(exist_ok=True)
                path.write_text(write(document_of(entry)), encoding="utf-8", newline="\n")
                done += 1
                progress(done, total)
    return done
