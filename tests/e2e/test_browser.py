"""The browser that the other end-to-end tests drive, and how it is found."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import browser as search

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for browsers")


def stub(folder: Path, name: str, exit_code: int = 0) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on it, where nothing can be fetched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(search, "_fetch_by_apt", lambda: False)
    monkeypatch.setattr(search, "_fetch_by_playwright", lambda: False)
    return tmp_path


def test_the_headless_shell_is_preferred_to_the_whole_browser(machine: Path) -> None:
    stub(machine, "chromium")
    shell = stub(machine, "chromium-headless-shell")
    assert search.find.__wrapped__() == shell


def test_a_browser_that_does_not_start_is_passed_over(machine: Path) -> None:
    stub(machine, "chromium-headless-shell", exit_code=127)
    chromium = stub(machine, "chromium")
    assert search.find.__wrapped__() == chromium


def test_a_browser_that_playwright_installed_will_do(machine: Path) -> None:
    folder = machine / "playwright" / "chromium_headless_shell-1255" / "chrome-linux"
    folder.mkdir(parents=True)
    assert search.find.__wrapped__() is None
    shell = stub(folder, "headless_shell")
    assert search.find.__wrapped__() == shell


def test_two_contexts_share_nothing_and_draw_french(browser: Browser) -> None:
    first, second = browser.new_context(), browser.new_context(locale="fr-FR")
    page = first.new_page()
    page.set_content("<p>Œuvre à l’été 🚀</p>")
    assert page.inner_text("p") == "Œuvre à l’été 🚀"
    assert second.pages == []
    assert second.new_page().evaluate("navigator.language") == "fr-FR"
    first.close()
    second.close()
