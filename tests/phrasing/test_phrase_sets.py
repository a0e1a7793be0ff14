"""The phrase sets: what the engine must reach on each."""

from __future__ import annotations

from collections import Counter

import pytest

from charniere.phrasing import assess
from phrasing.phrase_sets import figures, judged, plain, read_cases


@pytest.mark.parametrize(
    "case", read_cases("phrases-shared.tsv"), ids=lambda case: f"{case.id}-{case.category}"
)
def test_each_shared_phrase_gets_its_verdict_and_an_acceptable_proposal(case):
    answer, verdict_right, acceptable = judged(case)
    assert verdict_right, answer
    assert acceptable is not False, answer
    assert case.silent or acceptable, answer


@pytest.mark.parametrize("case", read_cases("phrases-own.tsv"), ids=lambda case: f"{case.id}-{case.category}")
def test_each_phrase_written_with_the_rules_gets_its_verdict_and_an_acceptable_proposal(case):
    answer, verdict_right, acceptable = judged(case)
    assert verdict_right, answer
    assert acceptable is not False, answer
    assert case.silent or acceptable, answer


def test_phrases_kept_aside_reach_what_is_aimed_at():
    reached = figures(read_cases("phrases-kept.tsv"))
    assert reached.verdict >= 99, reached
    assert reached.due >= 95, reached
    assert reached.given >= 99, reached
    assert reached.silence >= 99, reached


def test_answers_that_were_read_by_eye_stay_as_they_are():
    changed = []
    for case in read_cases("phrases-read.tsv"):
        answer = assess(case.phrase, case.lang)
        told = frozenset() if answer.suggestion is None else {plain(answer.suggestion)}
        if answer.verdict not in case.verdicts or told != case.acceptable:
            changed.append((case.id, case.phrase, answer.verdict, answer.suggestion))
    assert changed == []


def test_every_category_has_a_dozen_phrases_of_ours():
    ours = Counter(case.category for name in ("own", "kept") for case in read_cases(f"phrases-{name}.tsv"))
    assert len(ours) == 18
    assert min(ours.values()) >= 12, ours
    kept, own = read_cases("phrases-kept.tsv"), read_cases("phrases-own.tsv")
    assert len(kept) >= len(own + kept) / 3


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("Prise de RDV en ligne", "Je prends RDV en ligne"),
        ("Prise de rdv", "Je prends rdv"),
        ("je prend RDV", "je prends RDV"),
        ("Publication sponsorisée LinkedIn", "Je vois une publication sponsorisée sur LinkedIn"),
    ],
)
def test_a_word_keeps_the_capitals_that_its_writer_gave_it(text, proposal):
    told = assess(text, "fr").suggestion
    assert told is not None
    assert told[1:] == proposal[1:]
