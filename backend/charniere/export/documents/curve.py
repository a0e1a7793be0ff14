"""The emotional curve, as the board draws it: touchpoints in reading order, smoothed by a Gaussian. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from math import exp
from typing import Final, NamedTuple

STEP: Final = 30  # points to a column
_WIDTH: Final = 0.17  # of the Gaussian, in columns
_REACH: Final = 4 * _WIDTH


class Felt(NamedTuple):
    """What a touchpoint makes one feel, -2 to 2."""

    emotion: int
    truth: bool


class Dot(NamedTuple):
    """A touchpoint where it stands: `x` in columns, 0 to 1 is the first."""

    x: float
    emotion: int
    truth: bool


def spread(stages: Sequence[Sequence[Felt]]) -> list[Dot]:
    return [
        Dot(column + (index + 1) / (len(felt) + 1), one.emotion, one.truth)
        for column, felt in enumerate(stages)
        for index, one in enumerate(felt)
    ]


def smooth(dots: Sequence[Dot], columns: int) -> list[tuple[float, float]]:
    """Heights (emotion) at every step, nothing when nobody felt anything."""
    if not dots or not columns:
        return []
    ordered = sorted(dots, key=lambda dot: dot.x)
    places = [dot.x for dot in ordered]
    count = columns * STEP
    return [(x, _height(ordered, places, x)) for x in (i * columns / count for i in range(count + 1))]


def mean(felt: Sequence[Felt]) -> float | None:
    return sum(one.emotion for one in felt) / len(felt) if felt else None


def _height(ordered: Sequence[Dot], places: Sequence[float], x: float) -> float:
    """The weighted mean of the dots within reach; without any, a straight line from what is before to what is after."""
    first = bisect_left(places, x - _REACH)
    total = weight = 0.0
    for dot in ordered[first:]:
        if dot.x > x + _REACH:
            break
        near = exp(-0.5 * ((dot.x - x) / _WIDTH) ** 2)
        total += near * dot.emotion
        weight += near
    return total / weight if weight else _bridge(ordered, first, x)


def _bridge(ordered: Sequence[Dot], following: int, x: float) -> float:
    before = ordered[following - 1] if following else None
    after = ordered[following] if following < len(ordered) else None
    if before is None or after is None:
        only = before or after
        return float(only.emotion) if only else 0.0
    part = (x - before.x) / (after.x - before.x)
    return before.emotion + part * (after.emotion - before.emotion)
