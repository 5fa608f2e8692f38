"""`load_seeds` with faults planted: all are reported at once, and the database stays as it was to the byte."""

import os
import re

import pytest

from tests import worlds

TOPIC = "---\ntitle: A\nsummary: B\n---\n"
RISKY = """\
---
title: A
summary: B
at_a_glance:
  family: augmentation
risks:
- id: one
  complication: cement-leakage
  population: All
  incidence:
    percent: 101
    of: patients
  severity: silent
  citations:
  - clark2016
---
"""


def _bomb():
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "---\na0: &a0 [x]\n" + "\n".join(rows) + "\n---\n"


# What is planted: file, its content, the fault it must give.
PLANTED = [
    ("topics/bad-yaml.md", "---\ntitle: [A\n---\n", "3: front matter: not valid YAML: did not find expected ',' or ']'"),
    ("topics/unknown-key.md", TOPIC.replace("---\n", "---\nsumary: B\n", 1), "2: sumary: is not a field here; remove it or mend its name"),
    ("topics/missing.md", "---\ntitle: A\n---\n", "2: summary: is required; add it"),
    ("topics/wrong-type.md", "---\ntitle: A\nsummary:\n- B\n---\n", "3: summary: must be text"),
    ("topics/unknown-slug.md", "---\ntitle: A\nsummary: '[[topic:ghost]]'\n---\n", "3: summary: there is no topic «ghost»"),
    ("topics/unknown-citation.md", f"{TOPIC}\n[@ghost]\n", "6: body: there is no reference «ghost»"),
    ("topics/dead-part.md", f"{TOPIC}\n[[topic:bone-cement#ghost]]\n", "6: body: topic «bone-cement» has no part «ghost»"),
    ("topics/wrong-kind.md", f"{TOPIC}\n[[condition:bone-cement]]\n", "6: body: there is no condition «bone-cement»; there is a topic of that name"),
    ("topics/unknown-kind.md", f"{TOPIC}\n[[drug:x]]\n", "6: body: «drug» is not a kind of entry; use one of procedure, condition, complication, case, topic, reference, term"),
    ("topics/mistyped-link.md", f"{TOPIC}\n[[bone-cement]]\n", "6: body: «[[bone-cement]]» is not a link; write [[kind:slug]] or [[kind:slug#part|text]]"),
    ("topics/twice.md", "---\ntitle: A\ntitle: B\nsummary: C\n---\n", "3: title: this field stands twice; remove one"),
    ("topics/same-heading.md", f"{TOPIC}\n## One\n\na\n\n## One\n\nb\n", "10: body: the heading «One» makes the anchor «one», which is taken by the section «One»; reword the heading"),
    ("topics/bomb.md", _bomb(), "2: front matter: anchors and aliases (& and *) are not allowed; write the value out, or quote it"),
    ("topics/tag.md", "---\ntitle: !!python/object/apply:os.system ['true']\nsummary: B\n---\n", "2: front matter: the tag tag:yaml.org,2002:python/object/apply:os.system is not allowed; remove it"),
    ("topics/deep.md", f"---\ntitle: {'[' * 50_000}\n---\n", "2: front matter: nested more than 10 deep"),
    ("topics/open.md", "---\ntitle: A\n", "1: front matter: the closing line `---` is missing"),
    ("topics/empty.md", "", "1: front matter: the file must begin with a line `---`"),
    ("topics/not-utf-8.md", TOPIC.encode().replace(b"B", b"K\xfcmmell"), "3: file: is not UTF-8: byte 0xfc; save the file as UTF-8"),
    ("topics/utf-16.md", TOPIC.encode("utf-16"), "1: file: is not UTF-8: byte 0xff; save the file as UTF-8"),
    ("topics/huge.md", 50_000_000, "1: file: is 50,000,000 bytes; an entry has at most 1,000,000"),
    ("topics/control.md", '---\ntitle: "A\\x1b"\nsummary: B\n---\n', "2: title: holds the hidden character U+001B (control or unassigned character) at position 2; delete it"),
    ("topics/Bad Name.md", TOPIC, "2: front matter: «Bad Name» cannot be a slug; use lower-case letters, digits and single hyphens"),
    ("topics/notes.txt", "x", "1: path: is not an entry; entries are <kind>s/<slug>.md"),
    ("README.md", "x", "1: path: is not an entry; entries are <kind>s/<slug>.md"),
    ("topics/below/a.md", TOPIC, None),
    ("drugs/a.md", TOPIC, None),
    ("conditions/bad-code.md", "---\ntitle: A\nsummary: B\ntype: illness\n---\n", "4: type: «illness» is not one of 'disease', 'finding'"),
    ("procedures/over-100.md", RISKY, "11: risks.1.incidence.percent: «101» must be at most 100"),
    ("procedures/low-above-high.md", RISKY.replace("percent: 101", "low: 9\n    high: 2"), "10: risks.1.incidence: low 9 is above high 2; exchange them"),
    ("procedures/n-above-total.md", RISKY.replace("percent: 101", "events: 9\n    total: 2"), "10: risks.1.incidence: events 9 is more than total 2"),
    ("procedures/same-id.md", RISKY.replace("101", "1").replace("---\n\n", "").replace("risks:\n", "risks:\n- id: one\n  complication: cement-leakage\n  population: All\n  severity: silent\n  citations:\n  - clark2016\n"), "13: risks.2.id: the id «one» is taken by risks.1; choose another"),
    ("procedures/licensed.md", RISKY.replace("101", "1").replace("  - clark2016\n---", "  - clark2016\ncodes:\n- system: CPT\n  code: 22510\n  label: Licensed\n---"), "17: codes.1: a CPT code takes no label: its descriptor is licensed; remove the label"),
    ("references/nowhere.md", "---\ntitle: A\ntype: book\nevidence: other\nseen: excerpt\n---\n", "2: front matter: needs a DOI, PMID, PMCID or URL, or a note that says where the source is kept"),
]  # fmt: skip
FOLDERS = "the folders are procedures, conditions, complications, cases, topics, references, terms"
BELOW = {
    "topics/below": f"1: path: is not a folder of entries; {FOLDERS}",
    "drugs": f"1: path: is not a folder of entries; {FOLDERS}",
}


def plant(folder):
    """Put the faults between good files; gives the lines that must be reported."""
    worlds.write(folder)
    for name, content, _ in PLANTED:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, int):
            with path.open("wb") as file:
                file.truncate(content)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    outside = folder.parent / "outside.md"
    outside.write_text(TOPIC)
    (folder / "topics" / "link-outside.md").symlink_to(outside)
    (folder / "topics" / "link-in-circles.md").symlink_to(folder / "topics" / "link-in-circles.md")
    (folder / "topics" / "link-nowhere.md").symlink_to(folder / "topics" / "gone.md")
    (folder / "topics" / "folder.md").mkdir()
    os.mkfifo(folder / "topics" / "pipe.md")
    expected = {name: fault for name, _, fault in PLANTED if fault} | BELOW
    expected["topics/link-outside.md"] = "1: path: leads outside the folder; put the file itself here"
    expected["topics/link-in-circles.md"] = "1: path: is not an ordinary file; put the entry itself here"
    expected["topics/link-nowhere.md"] = "1: path: is not an ordinary file; put the entry itself here"
    expected["topics/pipe.md"] = "1: path: is not an ordinary file; put the entry itself here"
    expected["topics/folder.md"] = f"1: path: is not a folder of entries; {FOLDERS}"
    return sorted(f"{folder}/{name}:{fault}" for name, fault in expected.items())


@pytest.mark.parametrize("option", [[], ["--overwrite"], ["--check"]])
def test_all_faults_are_reported_and_nothing_is_written(option, scratch_world, tmp_path):
    expected = plant(tmp_path / "seeds")
    before = scratch_world.fingerprint()

    run = scratch_world.manage("load_seeds", tmp_path / "seeds", *option)

    assert sorted(run.stdout.splitlines()) == expected
    assert len(expected) >= 20
    assert run.returncode == 1
    assert f"{len(expected)} faults; nothing was written." in run.stderr
    assert "Traceback" not in run.stderr
    assert scratch_world.fingerprint() == before


def test_faults_leave_an_empty_database_empty(scratch, tmp_path):
    plant(tmp_path / "seeds")
    before = scratch.fingerprint()

    assert scratch.manage("load_seeds", tmp_path / "seeds").returncode == 1

    assert scratch.fingerprint() == before


def test_every_line_has_the_form_that_tools_read(scratch_world, tmp_path):
    plant(tmp_path / "seeds")

    run = scratch_world.manage("load_seeds", tmp_path / "seeds", "--check")

    assert all(re.fullmatch(r"[^:]+:[0-9]+: [^:]+: .+", line) for line in run.stdout.splitlines())


def test_fault_is_seen_by_the_fingerprint(scratch_world, tmp_path):
    before = scratch_world.fingerprint()
    worlds.write(tmp_path, {("topic", "new"): TOPIC})

    assert scratch_world.manage("load_seeds", tmp_path).returncode == 0

    assert scratch_world.fingerprint() != before


def test_folder_that_is_not_there(scratch_world, tmp_path):
    run = scratch_world.manage("load_seeds", tmp_path / "gone")

    assert run.stdout == (
        f"{tmp_path}/gone:1: folder: there is no such folder; name one that holds procedures/, conditions/, …\n"
    )
    assert run.returncode == 1


def test_name_that_is_not_text_is_reported(scratch_world, tmp_path):
    worlds.write(tmp_path)
    (tmp_path / "topics" / "two\nlines.md").write_text(TOPIC)
    try:
        (tmp_path / "topics" / os.fsdecode(b"k\xfcmmell.md")).write_text(TOPIC)
    except OSError:
        pytest.skip("this file system holds names that are text only")

    run = scratch_world.manage("load_seeds", tmp_path, PYTHONIOENCODING="utf-8:strict")

    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        f"{tmp_path}/topics/{name}.md:1: path: has a name with characters that are not text; rename it"
        for name in ("k\\udcfcmmell", "two\\nlines")
    ]


def test_fault_free_load_says_what_it_did(scratch, tmp_path):
    worlds.write(tmp_path)

    first = scratch.manage("load_seeds", tmp_path)
    second = scratch.manage("load_seeds", tmp_path)

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout == ""
    assert first.stderr == "12 entries are new, 0 changed, 0 unchanged, 0 kept.\n"
    assert second.stderr == "0 entries are new, 0 changed, 12 unchanged, 0 kept.\n"


def test_export_command_gives_the_files_back(scratch_world, tmp_path):
    worlds.write(tmp_path / "seeds")

    run = scratch_world.manage("export_seeds", tmp_path / "out")

    assert (run.returncode, run.stderr) == (0, f"12 entries written to {tmp_path}/out.\n")
    for path in (tmp_path / "seeds").glob("*/*.md"):
        assert (tmp_path / "out" / path.parent.name / path.name).read_bytes() == path.read_bytes()


def test_export_command_refuses_a_folder_that_holds_other_things(scratch_world, tmp_path):
    (tmp_path / "precious.txt").write_text("x")

    run = scratch_world.manage("export_seeds", tmp_path)

    assert run.returncode == 1
    assert "precious.txt, which is not an entry file" in run.stderr
    assert (tmp_path / "precious.txt").read_text() == "x"


def test_kept_entries_are_named(scratch_world, tmp_path):
    edit = (
        "from procedures.editorial import actions; from tests import worlds; "
        "actions.save_draft(kind='topic', slug='bone-cement', by=None, based_on=1, "
        "text=worlds.changed('topic', 'bone-cement', title='Edited'))"
    )
    with scratch_world.start(edit) as process:
        assert process.wait(30) == 0
    worlds.write(tmp_path)

    kept = scratch_world.manage("load_seeds", tmp_path)
    overwritten = scratch_world.manage("load_seeds", tmp_path, "--overwrite")

    assert kept.stderr.splitlines() == [
        "topic:bone-cement was edited or withdrawn since it was seeded and is kept; --overwrite replaces it.",
        "0 entries are new, 0 changed, 11 unchanged, 1 kept.",
    ]
    assert overwritten.stderr == "0 entries are new, 1 changed, 11 unchanged, 0 kept.\n"
