"""Folders of entry files: every shipped one loads and comes back byte for byte; what editors did is kept."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from procedures import seeds
from procedures.documents.read import read
from procedures.documents.write import write
from procedures.editorial import actions
from procedures.models import PLURALS, Act, Entry, Revision
from tests import worlds
from tests.editorial import desk

SHIPPED = settings.BASE_DIR / "seeds"
KINDS = {plural: kind for kind, plural in PLURALS.items()}


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()
    }


def texts_of_world():
    return {f"{PLURALS[kind]}/{slug}.md": text.encode() for (kind, slug), text in worlds.TEXTS.items()}


# -- the shipped entries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("plural", PLURALS.values())
def test_shipped_entries_are_canonical(plural):
    different = []
    for path in sorted((SHIPPED / plural).iterdir()):
        reading = read(KINDS[plural], path.stem, path.read_text(encoding="utf-8"), str(path))
        assert reading.faults == []
        if write(reading.document).encode() != path.read_bytes():
            different.append(path.name)

    assert different == [], "run `manage.py format_seeds`"


def test_shipped_entries_are_all_published(shipped):
    names = {(KINDS[path.parent.name], path.stem) for path in SHIPPED.glob("*/*.md")}

    assert set(Entry.objects.values_list("kind", "slug")) == names
    connection.check_constraints()


def test_shipped_entries_come_back_byte_for_byte(shipped, tmp_path):
    count = seeds.export(tmp_path / "out")

    assert files(tmp_path / "out") == files(SHIPPED)
    assert count == len(files(SHIPPED))


def test_shipped_entries_loaded_twice_make_nothing_new(shipped):
    before = Revision.objects.count(), Act.objects.count(), desk.edition()

    report = seeds.load(SHIPPED)

    assert (report.faults, report.new, report.changed, report.kept) == ([], [], [], [])
    assert len(report.unchanged) == Entry.objects.count()
    assert (Revision.objects.count(), Act.objects.count(), desk.edition()) == before


def test_shipped_entries_exported_and_loaded_make_nothing_new(shipped, tmp_path):
    seeds.export(tmp_path / "out")

    assert seeds.load(tmp_path / "out").changed == []


# -- loading ------------------------------------------------------------------------------------------------


def test_load_publishes_what_is_new_or_changed_as_one_edition(db, tmp_path):
    before = desk.edition()
    worlds.write(tmp_path)
    worlds.write(tmp_path, {("topic", "bone-cement"): worlds.changed("topic", "bone-cement", title="Cement")})
    worlds.write(tmp_path, {("topic", "new"): desk.NEW})

    report = seeds.load(tmp_path)

    assert (report.new, report.changed, report.kept) == (["topic:new"], ["topic:bone-cement"], [])
    assert len(report.unchanged) == len(worlds.TEXTS) - 1
    assert desk.title("topic", "bone-cement") == "Cement"
    assert Entry.objects.get(slug="bone-cement").version == 2
    assert Entry.objects.get(slug="pregnancy").version == 1
    assert desk.edition() == before + 1


def test_load_of_a_part_of_the_entries_leans_on_what_is_published(db, tmp_path):
    worlds.write(
        tmp_path, {("topic", "new"): desk.NEW.replace("it.", "[[topic:bone-cement#working-time]]. [@nice2013]")}
    )

    assert seeds.load(tmp_path).faults == []
    assert desk.title("topic", "new") == "A new topic"


def test_load_with_check_writes_nothing(db, tmp_path):
    worlds.write(tmp_path, {("topic", "new"): desk.NEW})
    before = Revision.objects.count(), desk.edition()

    report = seeds.load(tmp_path, check_only=True)

    assert report.new == ["topic:new"]
    assert (Revision.objects.count(), desk.edition()) == before


def test_load_of_a_text_written_otherwise_is_no_change(db, tmp_path):
    text = worlds.TEXTS["topic", "bone-cement"].replace("title: Bone cement", "title:  'Bone cement'")
    worlds.write(tmp_path, {("topic", "bone-cement"): text.replace("\n", "\r\n")})

    assert seeds.load(tmp_path).unchanged == ["topic:bone-cement"]


def test_edited_entry_is_kept_and_named(publisher, tmp_path):
    desk.publish("topic", "bone-cement", by=publisher, title="Edited")
    worlds.write(tmp_path)

    report = seeds.load(tmp_path)

    assert report.kept == ["topic:bone-cement"]
    assert desk.title("topic", "bone-cement") == "Edited"


def test_unpublished_draft_is_kept_and_named(author, tmp_path):
    draft = desk.save("topic", "bone-cement", by=author, title="Draft")
    worlds.write(tmp_path)

    assert seeds.load(tmp_path).kept == ["topic:bone-cement"]
    assert desk.newest("topic", "bone-cement") == draft


def test_withdrawn_entry_is_not_brought_back(publisher, tmp_path):
    actions.withdraw(kind="condition", slug="kummell-disease", by=publisher, note="Merged.")
    worlds.write(tmp_path)

    assert seeds.load(tmp_path).kept == ["condition:kummell-disease"]
    assert desk.title("condition", "kummell-disease") is None


def test_renamed_entry_is_not_brought_back_under_its_old_name(publisher, tmp_path):
    actions.rename(kind="complication", slug="cement-leakage", new_slug="leakage", by=publisher)
    worlds.write(tmp_path)

    report = seeds.load(tmp_path)

    assert report.kept == ["case:t11", "complication:cement-leakage", "procedure:vertebroplasty"]
    assert desk.title("complication", "cement-leakage") is None


def test_overwrite_replaces_what_was_edited_and_keeps_the_edit_in_the_history(publisher, tmp_path):
    desk.publish("topic", "bone-cement", by=publisher, title="Edited")
    worlds.write(tmp_path)

    report = seeds.load(tmp_path, overwrite=True)

    assert report.changed == ["topic:bone-cement"]
    assert desk.title("topic", "bone-cement") == "Bone cement"
    titles = Revision.objects.filter(slug="bone-cement").order_by("number").values_list("title", flat=True)
    assert list(titles) == ["Bone cement", "Edited", "Bone cement"]


def test_load_refuses_to_drop_a_part_that_a_kept_entry_links_to(publisher, tmp_path):
    desk.publish("term", "pmma", by=publisher, title="Edited")
    worlds.write(tmp_path)
    worlds.write(tmp_path, {("topic", "bone-cement"): worlds.changed("topic", "bone-cement", body="## Storage\n\nx")})

    (fault,) = seeds.load(tmp_path).faults

    assert str(fault).startswith(f"{tmp_path}/topics/bone-cement.md:2: front matter: term:pmma links to the part")
    assert desk.title("topic", "bone-cement") == "Bone cement"


def test_hidden_files_are_passed_over(db, tmp_path):
    worlds.write(tmp_path, {("topic", "new"): desk.NEW})
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "topics" / ".new.md.swp").write_text("x")

    assert seeds.load(tmp_path).faults == []


# -- exporting ----------------------------------------------------------------------------------------------


def test_export_gives_the_texts_that_were_loaded(db, tmp_path):
    assert seeds.export(tmp_path / "deep" / "out") == len(worlds.TEXTS)
    assert files(tmp_path / "deep" / "out") == texts_of_world()


def test_export_replaces_an_earlier_one_whole(publisher, tmp_path):
    seeds.export(tmp_path / "out")
    actions.withdraw(kind="condition", slug="kummell-disease", by=publisher, note="")

    seeds.export(tmp_path / "out")

    assert "conditions/kummell-disease.md" not in files(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_export_holds_no_draft(author, tmp_path):
    desk.save("topic", "bone-cement", by=author, title="Draft")
    actions.save_draft(kind="topic", slug="new", text=desk.NEW, by=author)

    seeds.export(tmp_path / "out")

    assert files(tmp_path / "out") == texts_of_world()


def test_export_into_an_empty_folder(db, tmp_path):
    (tmp_path / "out").mkdir()

    assert seeds.export(tmp_path / "out") == len(worlds.TEXTS)


@pytest.mark.parametrize("foreign", ["notes.txt", "topics/notes.txt", "topics/deep/a.md", ".env", "drugs/a.md", "a.md"])
def test_export_refuses_a_folder_that_holds_other_things(foreign, db, tmp_path):
    worlds.write(tmp_path)
    (tmp_path / foreign).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / foreign).write_text("precious")
    before = files(tmp_path)

    with pytest.raises(ValueError, match="which is not an entry file; an export replaces the whole folder"):
        seeds.export(tmp_path)

    assert files(tmp_path) == before


def test_export_refuses_a_folder_with_a_link_in_it(db, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "topics").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ValueError, match="topics"):
        seeds.export(tmp_path / "out")


def test_export_refuses_a_file(db, tmp_path):
    (tmp_path / "out").write_text("x")

    with pytest.raises(ValueError, match="is not a folder"):
        seeds.export(tmp_path / "out")


def test_export_that_fails_leaves_what_was_there(db, tmp_path, monkeypatch):
    seeds.export(tmp_path / "out")
    before = files(tmp_path)
    calls = iter(range(5))
    honest = seeds.document_of
    monkeypatch.setattr(seeds, "document_of", lambda entry: honest(entry) if next(calls) < 3 else 1 / 0)

    with pytest.raises(ZeroDivisionError):
        seeds.export(tmp_path / "out")

    assert files(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# -- formatting ---------------------------------------------------------------------------------------------


def test_format_makes_files_canonical_and_leaves_faulty_ones(tmp_path):
    worlds.write(tmp_path)
    crooked, faulty = tmp_path / "topics" / "bone-cement.md", tmp_path / "conditions" / "pregnancy.md"
    crooked.write_text(worlds.TEXTS["topic", "bone-cement"].replace("title: B", "title:   B"))
    faulty.write_text("---\ntitle: x\n---\n")

    changed, faults = seeds.format_files(tmp_path)

    assert changed == [crooked]
    assert [fault.field for fault in faults] == ["summary", "type"]
    assert faulty.read_text() == "---\ntitle: x\n---\n"
    shutil.rmtree(tmp_path / "conditions")
    assert seeds.format_files(tmp_path) == ([], [])
