"""The traces that the browser's replica is held to are those that the server would make today."""

import pytest

from realtime.write_traces import FOLDER, SEEDS, trace


@pytest.mark.parametrize("seed", SEEDS)
def test_a_trace_is_current(seed: int) -> None:
    """If this fails: python tests/realtime/write_traces.py"""
    assert (FOLDER / f"trace-{seed:02}.json").read_bytes() == trace(seed)


def test_there_are_no_other_traces() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [f"trace-{seed:02}.json" for seed in SEEDS]
