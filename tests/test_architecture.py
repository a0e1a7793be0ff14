"""Who may import whom, and where the outside world may be touched."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "backend" / "charniere"
BROWSER = ROOT / "frontend" / "src"
MODULE_LINES = 400
TEST_LINES = 600  # cases in a row are no hidden idea

PURE = {"domain", "phrasing", "spec", "imports", "export"}
INNER = {
    "errors",
    "settings",
    "domain",
    "phrasing",
    "spec",
    "store",
    "imports",
    "export",
    "access",
    "realtime",
}
# What each package may import of ours. Whatever is not listed here (app, cli, commands ...) sits on top of them all.
MAY_IMPORT = {
    "errors": set(),
    "i18n": {"errors"},
    "settings": {"errors", "i18n"},
    "logs": {"errors", "settings"},
    "domain": {"errors"},
    "phrasing": {"errors"},
    "spec": {"errors", "domain", "phrasing"},
    "store": {"errors", "domain", "spec", "logs"},
    "imports": {"errors", "domain", "spec", "phrasing"},
    "export": {"errors", "domain", "spec", "phrasing", "i18n", "imports"},
    "access": {"errors", "domain", "store", "settings", "i18n", "logs"},
    "realtime": {"errors", "domain", "phrasing", "spec", "store", "logs"},
    "realtime.endpoint": {"errors", "domain", "phrasing", "spec", "store", "access", "settings", "logs"},
    "web": INNER | {"i18n", "logs"},
}
WEB_FRAMEWORK = {"fastapi", "starlette", "uvicorn"}
WEB_FRAMEWORK_IN = ("app", "access", "web", "realtime.endpoint", "commands")
# A connection may be handed on to the store by its type; it is spoken to there alone.
HANDED_ON = {"sqlalchemy.Connection", "sqlalchemy.engine.Connection"}
DATABASE = {"sqlalchemy", "sqlmodel", "sqlite3", "alembic", "asyncpg"}
CHANCE_AND_CLOCK = {"random", "secrets", "uuid", "time"}
SQL = re.compile(
    r"^\s*(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+table|pragma)\b",
    re.I | re.S,
)


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """`realtime.room` and its syntax, for every module of the package."""
    return tuple(read_modules())


def read_modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                home = ("charniere", *path.relative_to(PACKAGE).parts)[: -node.level]
                node.module = ".".join([*home, node.module] if node.module else home)
        yield name, tree


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from charniere import errors` names a module, `from charniere.errors import Code` does not
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def allowed_to(name: str) -> set[str] | None:
    """None: anything."""
    return MAY_IMPORT.get(".".join(name.split(".")[:2]), MAY_IMPORT.get(name.split(".")[0]))


def test_imports_follow_the_directions_of_the_architecture() -> None:
    wrong = []
    for name, tree in modules():
        allowed = allowed_to(name)
        if allowed is None:
            continue
        ours = {path.split(".")[1] for path in imported(tree) if path.startswith("charniere.")}
        wrong += [f"{name} imports {other}" for other in ours - allowed - {name.split(".")[0], "__version__"}]
    assert wrong == []


def test_only_the_edge_knows_the_web_framework() -> None:
    assert _importers(WEB_FRAMEWORK, outside=WEB_FRAMEWORK_IN) == []


def test_only_the_store_speaks_sql() -> None:
    assert _importers(DATABASE, outside=("store", "migrations")) == []
    spoken = [
        f"{name}: {node.value[:60]!r}"
        for name, tree in modules()
        if not is_in(name, ("store", "migrations"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert spoken == []


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        name
        for name, tree in modules()
        if name != "settings"
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"})
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and {a.name for a in node.names} & {"environ", "getenv"}
        )
    ]
    assert readers == []


def test_what_is_pure_takes_clock_ids_and_chance_as_arguments() -> None:
    outside = tuple(name for name, _ in modules() if name.split(".")[0] not in PURE)
    assert _importers(CHANCE_AND_CLOCK, outside=outside) == []
    told = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        if name.split(".")[0] in PURE
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    ]
    assert told == []


def test_every_module_says_what_lives_in_it() -> None:
    mute, long = [], []
    for name, tree in modules():
        said = ast.get_docstring(tree)
        if tree.body and said is None:
            mute.append(name)
        if said and len(said.splitlines()) > 6:
            long.append(name)
    assert mute == []
    assert long == []


@pytest.mark.parametrize("folder", ["backend", "frontend/src", "tests", "benchmarks"])
def test_no_module_outgrows_its_idea(folder: str) -> None:
    written = [
        path
        for suffix in ("py", "ts", "svelte")
        for path in (ROOT / folder).rglob(f"*.{suffix}")
        if not path.name.endswith(".gen.ts")
    ]
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in written
    }
    tests = {path for path in lengths if path.startswith("tests/") or path.endswith(".test.ts")}
    limits = {path: TEST_LINES if path in tests else MODULE_LINES for path in lengths}
    assert {path: lines for path, lines in lengths.items() if lines > limits[path]} == {}


IMPORT = re.compile(r"""(?:^|\s)(?:import|export)\s[^'"]*?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]""")
DOM = re.compile(
    r"\bwindow\.|\bHTML\w*Element\b|\bquerySelector"
    r"|\bdocument\.(?:body|head|title|documentElement|createElement|getElement|addEventListener|visibilityState)"
)


def browser_modules(folder: str) -> Iterator[tuple[Path, str]]:
    for suffix in ("ts", "svelte"):
        for path in sorted((BROWSER / folder).rglob(f"*.{suffix}")):
            if not path.name.endswith((".test.ts", ".gen.ts")):
                yield path, path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "beyond"), [("wire", {"model", "view", "entries"}), ("model", {"view", "entries"})]
)
def test_the_browsers_imports_point_from_view_to_model_to_wire(folder: str, beyond: set[str]) -> None:
    wrong = []
    for path, code in browser_modules(folder):
        for found in IMPORT.finditer(code):
            target = found[1] or found[2]
            if not target.startswith("."):
                continue
            place = (path.parent / target).resolve().relative_to(BROWSER).parts[0]
            if place in beyond:
                wrong.append(f"{path.relative_to(BROWSER)} imports {target}")
    assert wrong == []


@pytest.mark.parametrize("folder", ["wire", "model"])
def test_the_browsers_engine_runs_without_a_page(folder: str) -> None:
    assert [path.name for path, code in browser_modules(folder) if DOM.search(code)] == []


INLINE = re.compile(
    r"""\sstyle\s*=\s*(?:"[^"{]|'[^'{])|<style[\s>]|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\bjavascript:""",
    re.I,
)


def test_pages_hold_no_inline_script_and_no_inline_style() -> None:
    """The Content-Security-Policy would refuse them, in silence for whoever reads the page."""
    pages = {
        path: path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "templates").rglob("*.html"))
    }
    # a component's own <script> and <style> become files
    parts = {
        path: re.sub(r"<(script|style)\b.*?</\1>", "", code, flags=re.S) for path, code in browser_modules("")
    }
    markup = pages | {path: code for path, code in parts.items() if path.suffix == ".svelte"}
    found = {path.name: match[0] for path, code in markup.items() if (match := INLINE.search(code))}
    assert found == {}


def _importers(libraries: set[str], outside: tuple[str, ...]) -> list[str]:
    return [
        f"{name} imports {path}"
        for name, tree in modules()
        if not is_in(name, outside)
        for path in imported(tree)
        if path.split(".")[0] in libraries and path not in HANDED_ON
    ]
