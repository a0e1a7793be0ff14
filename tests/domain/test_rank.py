"""Ranks: always room for one more, and short at the ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charniere.domain.rank import DIGITS, between, spread


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=200))
def test_whatever_is_put_wherever_the_order_holds(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        keys.insert(at, between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None))
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_adding_at_either_end_never_makes_keys_grow() -> None:
    low = high = between(None, None)
    for _ in range(5_000):
        low, high = between(None, low), between(high, None)
    assert len(low) == len(high) == 4


def test_putting_again_and_again_in_the_same_place_grows_slowly() -> None:
    low, high = between(None, None), None
    high = between(low, None)
    for _ in range(500):
        high = between(low, high)
    assert len(high) < 120


@pytest.mark.parametrize(("low", "high"), [("zzzz", None), (None, "0001"), (None, "00001"), ("Uzzz", "V000")])
def test_at_the_very_edges_there_is_still_room(low: str | None, high: str | None) -> None:
    key = between(low, high)
    assert (low or "") < key < (high or "~")


def test_several_at_once_keep_their_order() -> None:
    keys = ["A", *spread("A", "B", 50), "B"]
    assert keys == sorted(set(keys))


def test_no_key_ends_in_zero_after_its_head() -> None:
    """Such a key would leave no room before it."""
    keys = spread("V000", "V001", 200)
    assert not [key for key in keys if key.endswith(DIGITS[0])]
