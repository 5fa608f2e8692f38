"""The repository agrees with itself: documents with code, generated files with their source, one place for each word."""

import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.template.loader import get_template

from procedures.documents.schema.export import schemas
from procedures.documents.schema.vocabulary import VOCABULARIES

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.*ml"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "deploy").rglob("*.md"))]
COMMANDS = sorted(path.stem for path in (ROOT / "procedures/management/commands").glob("[a-z]*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
# Made here, not kept.
_MADE = {".git", ".venv", "var", "out", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__"}


def name_of(path):
    return str(path.relative_to(ROOT))


@cache
def files():
    """{path: text} of every file of the repository that is text."""
    found, folders = {}, [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.name in _MADE or path.is_symlink():
                continue
            if path.is_dir():
                folders.append(path)
            elif path.suffix not in (".png", ".pyc") and path.name != ".env":
                found[path] = path.read_text(encoding="utf-8")
    return found


def prose():
    return "\n".join(path.read_text() for path in DOCUMENTS)


# -- documents and code -------------------------------------------------------------------------------------


def targets():
    """{target: what it is for} of the Makefile, for those that people are to use."""
    found = re.findall(r"^([a-z]+):.*?##\s*(.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return dict(found)


def test_makefile_says_what_its_targets_are_for():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()

    assert set(targets()) == set(phony) - {"site"}


@pytest.mark.parametrize("target", ["run", "test", "check", "fix", "bench", "load", "export"])
def test_makefile_has_the_targets_of_the_contract(target):
    assert target in targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_document_names_targets_that_exist(document):
    named = set(re.findall(r"(?:^ {4,}|`)(?:[A-Z_]+=\S+ +)*make ([a-z]+)", document.read_text(), re.MULTILINE))

    assert named <= set(targets())


@pytest.mark.parametrize("target", targets())
def test_target_is_documented(target):
    assert re.search(rf"\bmake {target}\b", prose())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_document_names_commands_that_exist(document):
    named = set(re.findall(r"manage\.py ([a-z_]+)", document.read_text()))

    assert named <= set(get_commands())


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_documented(command):
    assert re.search(rf"\b{command}\b", prose())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_document_names_options_that_exist(document):
    for command, rest in re.findall(r"manage\.py ([a-z_]+)([^`\n|]*)", document.read_text()):
        parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
        known = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"(?<!\S)\[?(--[a-z-]+)", rest)) <= known, f"{command}{rest}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_document_names_files_that_exist(document):
    links = re.findall(r"(?:\]\(|src=\")([^)\"#\s]+)", document.read_text())
    links = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_document_names_modules_that_exist(document):
    """Every `python -m` and every path of ours in code."""
    text = document.read_text()
    for module in re.findall(r"python -m ((?:tests|benchmarks|procedures)[a-z_.]*)", text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    paths = re.findall(
        r"`((?:procedures|tests|seeds|fixtures|templates|static|deploy|docs|requirements)/[\w./-]+)`", text
    )
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_ci_runs_what_people_run():
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec make test")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def test_sample_names_every_setting():
    source = (ROOT / "procedures" / "settings.py").read_text()
    read = set(re.findall(r"""(?:_env\.get|_env\[|_required)\(?["'](\w+)["']""", source))
    sample = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.sample").read_text(), re.MULTILINE))

    assert {"PEDICLE_MODE", "SECRET_KEY", "DATABASE_URL"} <= read
    assert read <= sample
    # PORT is read by the server's command line.
    assert sample - read == {"PORT"}


def test_settings_are_documented():
    table = (ROOT / "docs" / "operators.md").read_text()
    sample = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.sample").read_text(), re.MULTILINE)

    assert [name for name in sample if f"`{name}`" not in table] == []


# -- generated files ----------------------------------------------------------------------------------------


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_schemas_are_as_the_code_gives_them():
    """`make schema` writes them."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "schema").iterdir()}

    assert kept == schemas()


def test_vocabulary_fixture_holds_every_code_in_order():
    rows = [row["fields"] for row in json.loads((ROOT / "fixtures" / "vocabulary.json").read_text())]
    found = {}
    for row in sorted(rows, key=lambda row: row["position"]):
        found.setdefault(row["name"], []).append(row["code"])

    assert found == {name: [code.value for code in codes] for name, codes in VOCABULARIES.items()}


def test_group_fixture_holds_the_three_groups(db):
    rows = json.loads((ROOT / "fixtures" / "groups.json").read_text())

    assert {row["fields"]["name"] for row in rows} == {"author", "reviewer", "publisher"}


# -- templates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_compiles(path):
    assert get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_component_says_what_it_is_and_is_used(path):
    name = f"components/{path.name}"
    users = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "procedures").rglob("*.py")]

    assert re.match(r"\{# .+\. .*#\}\n", path.read_text())
    assert any(name in user.read_text() for user in users if user != path)


def test_pages_are_used():
    source = "".join(path.read_text() for path in (ROOT / "procedures").rglob("*.py"))
    source += "".join(path.read_text() for path in TEMPLATES)
    # An entry's page is named by its kind.
    kinds = set(schemas()) and {name.partition(".")[0] for name in schemas()}
    names = {path.stem for path in (ROOT / "templates" / "pages").glob("*.html")}

    assert [name for name in names - kinds if f"pages/{name}.html" not in source] == []


def test_templates_name_static_files_that_exist():
    named = {name for path in TEMPLATES for name in re.findall(r"""{% static ['"]([^'"{]+)['"] %}""", path.read_text())}

    assert named
    assert [name for name in named if not (ROOT / "static" / name).exists() and not name.startswith("admin/")] == []


# -- one place for each thing -------------------------------------------------------------------------------


def test_colors_stand_in_the_tokens_alone():
    for path in sorted((ROOT / "static" / "css").glob("*.css")):
        if path.name != "tokens.css" and path.name != "print.css":
            text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text), path.name


def test_styles_use_no_ids_and_force_nothing():
    for path in sorted((ROOT / "static" / "css").glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        assert "!important" not in text, path.name
        # The stock admin's own pages are marked up with ids.
        assert path.name == "admin.css" or not re.search(r"(?:^|[\s,}])#[a-z][\w-]*[^;{}]*\{", text), path.name


def test_styles_use_tokens_that_exist():
    text = "".join(path.read_text() for path in (ROOT / "static" / "css").glob("*.css"))
    used, given = set(re.findall(r"var\((--[\w-]+)", text)), set(re.findall(r"(--[\w-]+)\s*:", text))

    assert used - given == set()


# -- what may not be in the tree ----------------------------------------------------------------------------


def named_in(pattern):
    """«file: what it names» of every file in which the pattern is found."""
    return sorted(
        f"{name_of(path)}: {found[0]}" for path, text in files().items() if (found := re.search(pattern, text))
    )


def test_no_file_names_a_package_host():
    assert (
        named_in(
            r"pypi[.]org|pythonhosted[.]org|npmjs[.]|artifact[o]ry|jfr[o]g|--(?:extra-)?index-url[ =]\S|--find-links[ =]\S"
        )
        == []
    )


def test_no_file_names_a_path_of_one_machine():
    assert named_in(r"(?<![\w.])/(?:work|home|Users|root|mnt)/[a-z]") == []


def test_no_file_holds_a_secret():
    assert (
        named_in(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30}|django-insecur[e]")
        == []
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_everything_by_hash(lock):
    text = lock.read_text()
    entries = re.findall(
        r"^([a-z0-9][\w.-]*)(\[[\w,-]+\])?(==\S+)?((?:[^\n]*\\\n)?(?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n?)*)",
        text,
        re.MULTILINE,
    )

    assert len(entries) > 10
    assert [name for name, _, pin, hashes in entries if not pin or "--hash=" not in hashes] == []
    assert "://" not in text


def test_locks_hold_what_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {"run.lock": project["project"]["dependencies"], "test.lock": project["dependency-groups"]["test"]}
    for name, requirements in wanted.items():
        locked = {
            each.lower() for each in re.findall(r"^([\w.-]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
        }
        assert [each for each in requirements if re.match(r"[\w.-]+", each)[0].lower() not in locked] == []


def test_dependencies_have_their_reason():
    lines = (ROOT / "pyproject.toml").read_text().split("[tool.uv]")[0].splitlines()

    assert [
        line for line in lines if re.match(r'  "[\w-]+[\[~>=]', line) and "#" not in line and "pytest" not in line
    ] == []


@pytest.mark.parametrize("path", sorted((ROOT / "static").rglob("*.*")), ids=name_of)
def test_static_file_is_our_own(path):
    text = path.read_text()

    assert not re.search(r"/\*!|@licen[sc]e|copyright|sourceMappingURL|jquery|bootstrap", text, re.IGNORECASE)
    # What a machine has made smaller was written elsewhere.
    assert max(map(len, text.splitlines())) < 700
