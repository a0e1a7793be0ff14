"""The English rules."""

from __future__ import annotations

from ..assessment import Assessment, Reason


def assess(text: str) -> Assessment:
    return Assessment("no", None, Reason("other_subject"))
