"""One browser for the whole run; each test opens its own contexts."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from browser import MISSING, launch


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        if found is None and os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        if found is None:
            pytest.skip(MISSING)
        yield found
        found.close()
