"""The phrase sets: what the engine must reach on each."""

from __future__ import annotations

import pytest

from phrasing.phrase_sets import figures, judged, read_cases


@pytest.mark.parametrize(
    "case", read_cases("phrases-shared.tsv"), ids=lambda case: f"{case.id}-{case.category}"
)
def test_each_shared_phrase_gets_its_verdict_and_an_acceptable_proposal(case):
    answer, verdict_right, acceptable = judged(case)
    assert verdict_right, answer
    assert acceptable is not False, answer
    assert case.silent or acceptable, answer


def test_phrases_kept_aside_stay_above_the_floor():
    reached = figures(read_cases("phrases-kept.tsv"))
    assert reached.verdict >= 95, reached
