"""What every test may use. Builders live beside the tests that need them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """An optional folder of real-life samples beside the tree; tests that read it are skipped without it."""
    folder = Path(os.environ.get("CHARNIERE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("no folder of samples (CHARNIERE_SHARED)")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if ROOT / "tests" / "e2e" in item.path.parents:
            item.add_marker(pytest.mark.e2e)
