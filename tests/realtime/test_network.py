"""The same promises over real sockets, with lines that are cut and sends that are doubled, late or out of order."""

from pathlib import Path

import pytest

from builders import records
from charniere.domain.board import load
from charniere.store.database import Database
from realtime.network import check, play
from realtime.test_wires import serving


@pytest.mark.timeout(120)
async def test_over_a_bad_network_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """RV1, RV2, ID1, ID2, ID4, RF1"""
    async with serving(tmp_path / "c.db") as (_, url):
        headers = [{"x-person": f"p{i}"} for i in range(4)]
        fuzz, browsers = await play(f"{url}?person=all", headers, load(records(3)), 40, 0.01, seed=7)
    database = Database.open(tmp_path / "c.db")
    assert check(database, "b1", records(3), fuzz, browsers) > 30
    database.close()
    assert sum(fuzz.faults[fault] for fault in ("cut", "doubled", "late", "reordered")) >= 5
