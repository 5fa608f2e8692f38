"""Who may import whom, and who may write (docs/developers.md has the table)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

PACKAGE = Path(settings.BASE_DIR) / "procedures"

# Layers from the ground up. A module imports from lower layers only; what stands on one line imports nothing of
# its neighbours, except where ALSO says so.
LAYERS = (
    ("text",),
    ("documents",),
    ("models",),
    ("projection", "search", "queries"),
    ("editorial",),
    ("seeds", "pages"),
    ("edition", "client"),
    ("views", "admin", "management", "templatetags", "checks"),
    ("urls", "wsgi", "apps"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# The site's admin is built by the app's wiring, which Django reads by name.
ALSO = {("apps", "checks")}

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def room(path):
    """The package or module right under procedures/ that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree):
    """(module, names, node) of every import of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", tuple(alias.name for alias in node.names), node


def own_rooms(tree):
    """The rooms of this package that a file imports from."""
    for module, names, _ in imports(tree):
        if module == "procedures":
            yield from names
        elif module.startswith("procedures."):
            yield module.split(".")[1]


@pytest.fixture(scope="module")
def trees():
    return {path: ast.parse(path.read_text()) for path in MODULES}


def test_every_module_has_a_layer():
    assert {room(path) for path in MODULES} - {"__init__", "settings"} <= set(LEVEL)


def test_imports_go_down_only(trees):
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path, tree in trees.items()
        for other in own_rooms(tree)
        if (mine := room(path)) not in ("__init__", "settings")
        and other != mine
        and (mine, other) not in ALSO
        and LEVEL[other] >= LEVEL[mine]
    ]
    assert not wrong, "\n".join(wrong)


def test_nobody_imports_settings(trees):
    assert not [path for path, tree in trees.items() if "settings" in own_rooms(tree)]


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("yaml", {"text"}),
        ("markdown", {"text"}),
        ("nh3", {"text"}),
        ("pyphen", {"text"}),
        ("snowballstemmer", {"search"}),
        ("pydantic", {"documents", "projection", "admin"}),
        ("brotli", {"edition"}),
    ],
)
def test_library_has_one_door(trees, library, allowed):
    users = {
        room(path) for path, tree in trees.items() for name, _, _ in imports(tree) if name.split(".")[0] == library
    }
    assert users <= allowed


def test_pure_layers_know_no_django(trees):
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path, tree in trees.items()
        if room(path) in ("text", "documents")
        for name, _, _ in imports(tree)
        if name.split(".")[0] in ("django", "taggit")
    ]
    assert not wrong


@pytest.mark.parametrize("module", ["query", "analysis", "snippet"])
def test_pure_parts_of_search_know_no_django(trees, module):
    assert not [name for name, _, _ in imports(trees[PACKAGE / "search" / f"{module}.py"]) if name.startswith("django")]


def test_engines_are_named_by_search_alone(trees):
    wrong = [
        path.relative_to(PACKAGE)
        for path, tree in trees.items()
        if path != PACKAGE / "search" / "__init__.py"
        and any(
            isinstance(node, ast.Constant) and isinstance(node.value, str) and "search.engines" in node.value
            for node in ast.walk(tree)
        )
    ]
    assert not wrong
    assert not [path for path, tree in trees.items() for name, _, _ in imports(tree) if "search.engines" in name]


def test_no_import_inside_a_function(trees):
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in trees.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not wrong, "\n".join(wrong)


def test_only_settings_reads_the_environment(trees):
    wrong = [
        path.relative_to(PACKAGE)
        for path, tree in trees.items()
        if path.name not in ("settings.py", "wsgi.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert not wrong


# Methods that write rows. `save` is also what forms and files have; none is called where entries are shown.
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "save", "delete", "update"}
# Rooms that write nothing at all, and what their `update` is called on.
READERS = ("queries", "views", "pages", "edition", "templatetags", "seeds", "admin", "checks")


def test_readers_write_nothing(trees):
    wrong = []
    for path, tree in trees.items():
        if room(path) not in READERS:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                target = ast.unparse(node.func.value)
                if "objects" in target or node.func.attr in ("bulk_create", "get_or_create", "update_or_create"):
                    wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {target}.{node.func.attr}()")
    assert not wrong, "\n".join(wrong)


def test_migrations_import_nothing_of_ours():
    for path in (PACKAGE / "migrations").glob("0*.py"):
        names = [name for name, _, _ in imports(ast.parse(path.read_text()))]
        assert not [name for name in names if name.startswith("procedures")], path.name
