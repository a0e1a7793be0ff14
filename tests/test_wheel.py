"""What `pip install` gives: the whole application, front end and fonts included, and nothing of the workshop."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import frontend_build
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    if not frontend_build.is_current() and os.environ.get("CI") != "true":
        pytest.skip("the front end has changed since it was built (./dev build)")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_the_front_end_of_these_very_sources(wheel: zipfile.ZipFile) -> None:
    stamp = wheel.read("charniere/static/app/.vite/source.sha256").decode().strip()
    assert stamp == frontend_build.source_digest()
    assert "charniere/static/app/.vite/manifest.json" in wheel.namelist()
    assert any(name.startswith("charniere/static/app/assets/board-") for name in wheel.namelist())


def test_the_wheel_holds_all_that_the_package_reads(wheel: zipfile.ZipFile) -> None:
    """Templates, catalogues, tables, licences: every file of the package in the tree, whatever its kind."""
    package = ROOT / "backend"
    inside = {
        path.relative_to(package).as_posix()
        for path in (package / "charniere").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside - set(wheel.namelist()) == set()


def test_the_wheel_holds_the_fonts_with_their_licences(wheel: zipfile.ZipFile) -> None:
    fonts = {Path(name).name for name in wheel.namelist() if name.startswith("charniere/fonts/")}
    assert {"Inter_400Regular.ttf", "NotoColorEmoji.ttf"} <= fonts
    assert {"LICENSE-Inter.txt", "LICENSE-NotoColorEmoji.txt"} <= fonts


def test_the_wheel_holds_the_migrations(wheel: zipfile.ZipFile) -> None:
    versions = [path.name for path in (ROOT / "migrations" / "versions").glob("*.py")]
    assert [
        name for name in versions if f"charniere/migrations/versions/{name}" not in wheel.namelist()
    ] == []


def test_the_wheel_holds_nothing_of_the_workshop(wheel: zipfile.ZipFile) -> None:
    roots = {name.split("/")[0] for name in wheel.namelist()}
    assert {root for root in roots if root != "charniere" and not root.endswith(".dist-info")} == set()
    assert [name for name in wheel.namelist() if name.endswith((".db", ".pyc", ".test.ts"))] == []
