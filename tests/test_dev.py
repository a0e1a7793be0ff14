"""The house's one command: what it says to a machine that lacks something, and what it does not do twice."""

import importlib.util
import os
import runpy
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import frontend_build
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command as a module, at work in an empty tree."""
    loader = SourceFileLoader("charniere_dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("charniere_dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of its own with a front end of one file, and one message."""
    monkeypatch.setattr(frontend_build, "ROOT", tmp_path)
    monkeypatch.setattr(frontend_build, "FRONTEND", tmp_path / "frontend")
    monkeypatch.setattr(frontend_build, "APP", tmp_path / "backend" / "charniere" / "static" / "app")
    monkeypatch.setattr(frontend_build, "FONTS", tmp_path / "backend" / "charniere" / "fonts")
    write(tmp_path / "frontend" / "package.json", "{}")
    write(tmp_path / "frontend" / "src" / "board.ts", "export {};")
    write(tmp_path / "backend" / "charniere" / "locales" / "fr.json", "{}")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def pretend_built(tree: Path) -> None:
    write(frontend_build.FONTS / "Inter.ttf", "")
    write(frontend_build.APP / ".vite" / "source.sha256", frontend_build.source_digest() + "\n")


def node_on_path(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        write(folder / name, f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_an_older_python_is_told_so_in_french_and_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "dev"))
    french, english = str(stopped.value).splitlines()
    assert "3.11 ou plus récent ; celui-ci est le 3.9" in french
    assert "3.11 or newer; this one is 3.9" in english


def test_even_a_very_old_python_can_read_the_file_up_to_its_sentence() -> None:
    """Nothing newer than Python 3.6 in the grammar, else a SyntaxError comes before the sentence."""
    import ast

    ast.parse((ROOT / "dev").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_python_without_venv_is_told_what_to_install(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        dev.make_venv()
    french, english = str(stopped.value).splitlines()
    assert "python3-venv" in french
    assert "python3-venv" in english


def test_a_stage_is_done_once_and_again_when_what_it_is_made_of_changes(dev: ModuleType) -> None:
    with dev.stage("paquets", "a", "titre"):
        pass
    assert dev.is_done("paquets", "a")
    assert not dev.is_done("paquets", "b")


def test_a_stage_that_breaks_is_not_noted_as_done(dev: ModuleType) -> None:
    with dev.stage("paquets", "a", "titre"):
        pass
    with pytest.raises(OSError, match="disque"), dev.stage("paquets", "a", "titre"):
        raise OSError("disque")
    assert not dev.is_done("paquets", "a")


def test_a_set_up_without_network_says_what_it_needs_and_that_it_goes_on_later(dev: ModuleType) -> None:
    with pytest.raises(SystemExit) as stopped, dev.stage("paquets", "a", "paquets Python"):
        dev.run([sys.executable, "-c", "raise SystemExit(1)"])
    french, english = str(stopped.value).splitlines()
    assert "« paquets Python » a échoué" in french
    assert "miroirs" in french
    assert "mirrors" in english


def test_a_tree_set_up_for_development_is_fit_to_run(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(dev.stamp("packages"), dev.packages_digest(dev.DEV))
    asked: list[object] = []
    monkeypatch.setattr(dev, "install", lambda locks, how: asked.append(locks))
    monkeypatch.setattr(dev, "uv", lambda *arguments: None)
    dev.install_packages(dev.RUN, with_node=False)
    assert asked == []


def test_running_installs_the_runtime_set_alone(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[Path]] = []
    monkeypatch.setattr(dev, "install", lambda locks, how: asked.append(locks))
    monkeypatch.setattr(dev, "uv", lambda *arguments: None)
    dev.install_packages(dev.RUN, with_node=False)
    assert [path.name for path in asked[0]] == ["run.lock", "tools.lock"]


def test_a_build_is_stale_as_soon_as_a_source_or_a_message_changes(tree: Path) -> None:
    assert not frontend_build.is_current()
    pretend_built(tree)
    assert frontend_build.is_current()
    write(tree / "frontend" / "src" / "board.ts", "export const changed = true;")
    assert not frontend_build.is_current()
    pretend_built(tree)
    write(tree / "backend" / "charniere" / "locales" / "fr.json", '{"a": "b"}')
    assert not frontend_build.is_current()


def test_a_change_in_a_test_or_in_the_modules_rebuilds_nothing(tree: Path) -> None:
    pretend_built(tree)
    write(tree / "frontend" / "src" / "board.test.ts", "test();")
    write(tree / "frontend" / "node_modules" / "a" / "index.js", "1")
    assert frontend_build.is_current()


def test_a_source_distribution_without_front_end_sources_needs_no_build(tree: Path) -> None:
    (tree / "frontend" / "package.json").unlink()
    assert frontend_build.is_current()


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for Node")
@pytest.mark.parametrize(
    ("version", "fits"), [("v20.20.2", False), ("v22.11.0", False), ("v22.12.0", True), ("v24.19.0", True)]
)
def test_a_node_that_the_tools_refuse_is_not_used(
    version: str, fits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node_on_path(tmp_path, version, monkeypatch)
    assert (frontend_build.system_node() is not None) is fits


def test_the_closing_line_counts_what_pytest_ran(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    write(
        tmp_path / "test_three.py",
        "import pytest\ndef test_a(): pass\ndef test_b(): assert 0\n@pytest.mark.skip\ndef test_c(): pass\n",
    )
    alone = ["-c", os.devnull, "-p", "no:cacheprovider", "-p", "no:randomly", str(tmp_path / "test_three.py")]
    assert dev.pytest(tmp_path / "out.xml", alone) == (1, 1, 1)


def test_a_suite_that_cannot_be_collected_counts_as_a_failure(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    write(tmp_path / "test_broken.py", "import nothing_of_that_name\n")
    _, failed, _ = dev.pytest(tmp_path / "out.xml", ["-c", os.devnull, str(tmp_path / "test_broken.py")])
    assert failed == 1


def test_continuous_checks_fail_when_a_runner_ran_nothing(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "ready", lambda profile: None)
    monkeypatch.setattr(dev, "vitest", lambda *_: (3, 0, 0))
    monkeypatch.setattr(dev, "pytest_fast", lambda *_: (4, 0, 1))
    monkeypatch.setattr(dev, "pytest_e2e", lambda *_: (0, 0, 2))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit) as stopped:
        dev.cmd_test([])
    assert "e2e" in str(stopped.value)
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed, 3 skipped"


def test_the_command_explains_itself() -> None:
    said = subprocess.run(
        [sys.executable, ROOT / "dev", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in ("run", "test", "check", "build", "bench", "lock"):
        assert f"\n  {command} " in said
