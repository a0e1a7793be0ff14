"""Fractional keys: strings whose order as text is the order on screen, with always room for one more in between.

A key is four base-62 digits (an integer, so that adding at either end never grows it) and, between two neighbours, a fraction.
The browser's twin is `frontend/src/model/rank.ts`; both are held to `tests/vectors/rank.json`.
"""

from typing import Final

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE: Final = len(DIGITS)
_HEAD: Final = 4
_FIRST: Final = "V000"


def between(low: str | None, high: str | None) -> str:
    """A key strictly after `low` and strictly before `high`; None is the start or the end. `low < high` is the caller's duty."""
    if low is None and high is None:
        return _FIRST
    if high is None:
        assert low is not None
        return _step(low, 1)
    if low is None:
        return _step(high, -1)
    return _middle(low, high)


def spread(low: str | None, high: str | None, count: int) -> list[str]:
    """`count` keys in order, all strictly between `low` and `high`."""
    keys: list[str] = []
    for _ in range(count):
        low = between(low, high)
        keys.append(low)
    return keys


def is_rank(key: str) -> bool:
    """May this text, come from outside, be used as a key? Some other key must fit before it."""
    return key.isascii() and key.isalnum() and key.strip("0") != ""


def _step(key: str, by: int) -> str:
    value = 0
    for digit in key[:_HEAD].ljust(_HEAD, "0"):
        value = value * _BASE + DIGITS.index(digit)
    value += by
    if not 0 < value < _BASE**_HEAD:  # 14 million steps to one side: fall back on fractions
        return _middle(key, None) if by > 0 else _middle("", key)
    head = ""
    for _ in range(_HEAD):
        value, digit_value = divmod(value, _BASE)
        head = DIGITS[digit_value] + head
    return head


def _middle(low: str, high: str | None) -> str:
    """The shortest string strictly between two; "" is zero and None is one. Never ends in the digit zero."""
    prefix = ""
    index = 0
    while True:
        below = DIGITS.index(low[index]) if index < len(low) else 0
        above = DIGITS.index(high[index]) if high is not None and index < len(high) else _BASE
        if high is not None and index >= len(high):
            raise ValueError("no key lies between these two")
        if above - below > 1:
            return prefix + DIGITS[(below + above) // 2]
        prefix += DIGITS[below]
        if above - below == 1:
            high = None  # the result is already below `high`; from here on it only has to stay above `low`
        index += 1
