"""What holds for every text: no exception, right phrases left alone, proposals that are right themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charniere.phrasing import assess
from charniere.phrasing.french import overrides, verbs
from charniere.phrasing.french.tell import join
from phrasing.phrase_sets import read_cases

SETS = ("phrases-shared.tsv", "phrases-own.tsv", "phrases-kept.tsv")
CASES = [case for name in SETS for case in read_cases(name)]
PIECES = (
    "je j' Je J’ me m' se s' ne n' pas plus le la l' les lui y en suis ai vais viens de d' reçu appelé inscrit remplir appeler "
    "s'inscrire client Les clients vous nous on Sophie le colis sa commande leur adresse et , . : ; ? ! « » ( ) puis que qui "
    "signature du bail demande de prêt est sont a signé par au en ligne - • 😀 1. I I'm I've the customer receives her bill to"
).split(" ")

pieces = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
anything = st.one_of(st.text(max_size=80), pieces, st.tuples(pieces, st.text(max_size=10)).map("".join))


@settings(max_examples=300, deadline=None)
@given(anything, st.sampled_from(("fr", "en", "", "xx")))
def test_any_text_is_answered_without_an_exception(text, lang):
    answer = assess(text, lang)
    assert answer.verdict in ("yes", "almost", "no")
    assert answer.suggestion is None or answer.suggestion.strip()
    assert answer.verdict != "yes" or answer.suggestion is None


@settings(max_examples=300, deadline=None)
@given(pieces, st.sampled_from(("fr", "en")))
def test_an_accepted_proposal_is_right_itself(text, lang):
    answer = assess(text, lang)
    if answer.suggestion is not None:
        assert assess(answer.suggestion, lang).verdict == "yes", answer


def test_a_proposal_for_a_known_phrase_is_right_itself():
    wrong = []
    for case in CASES:
        answer = assess(case.phrase, case.lang)
        if answer.suggestion is not None and assess(answer.suggestion, case.lang).verdict != "yes":
            wrong.append((case.phrase, answer.suggestion))
    assert wrong == []


@pytest.mark.parametrize("case", [c for c in CASES if c.verdicts[0] == "yes"], ids=lambda case: case.id)
def test_a_right_phrase_is_left_alone_whatever_surrounds_it(case):
    for before, after in (("", ""), ("- ", ""), ("« ", " »"), ("", " 😀"), ("  ", "  "), ("• ", " !")):
        answer = assess(before + case.phrase + after, case.lang)
        assert (answer.verdict, answer.suggestion) == ("yes", None), before + case.phrase + after


def test_every_usual_verb_is_right_in_the_first_person_and_proposed_from_its_infinitive():
    wrong = []
    for infinitive in overrides.usual():
        form = verbs.first_person(infinitive)
        if form is None:
            continue
        told = join(["je"], form, infinitive) + " la semaine prochaine"
        if assess(told, "fr").verdict != "yes":
            wrong.append(told)
        if (assess(infinitive + " la semaine prochaine", "fr").suggestion or "").lower() != told:
            wrong.append(infinitive)
    assert wrong == []


def test_a_story_is_judged_but_not_rephrased():
    story = "Recevoir un mail " + "et attendre la suite " * 300
    assert assess(story, "fr").suggestion is None


def test_a_proposal_keeps_the_apostrophes_and_the_spaces_that_were_typed():
    assert assess("S’inscrire à l’atelier\u00a0!", "fr").suggestion == "Je m’inscris à l’atelier\u00a0!"
    assert assess("S'inscrire à l'atelier !", "fr").suggestion == "Je m'inscris à l'atelier !"
