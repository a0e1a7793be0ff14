"""The merge of what two people typed: nobody's words are lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charniere.domain.text import merge

WORDS = st.sampled_from(
    "délai réponse trop long art partie 🙂 👩‍👩‍👧 👍🏽 l’agence, le la . ! été e\u0301te\u0301".split()
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
ANY = st.text(max_size=40)


def inserted(base: str, text: str) -> set[str]:
    return set((Counter(text.split()) - Counter(base.split())).keys())


@given(TEXTS, TEXTS, TEXTS)
def test_every_word_that_either_side_wrote_is_in_the_result(base: str, one: str, other: str) -> None:
    result = merge(base, one, other)
    missing = {w for w in inserted(base, one) | inserted(base, other) if w not in result}
    assert not missing


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_comes_out_that_nobody_wrote(base: str, one: str, other: str) -> None:
    assert set(merge(base, one, other).split()) <= set(f"{base} {one} {other}".split())


@given(TEXTS, TEXTS, TEXTS)
def test_both_orders_keep_the_same_words(base: str, one: str, other: str) -> None:
    assert set(merge(base, one, other).split()) == set(merge(base, other, one).split())


@given(ANY, ANY)
def test_a_side_that_did_not_move_takes_the_other(base: str, text: str) -> None:
    assert merge(base, base, text) == text
    assert merge(base, text, base) == text
    assert merge(base, text, text) == text


@given(ANY, ANY, ANY)
def test_any_text_merges(base: str, one: str, other: str) -> None:
    assert isinstance(merge(base, one, other), str)


@given(TEXTS, TEXTS)
def test_merging_twice_changes_nothing_more(base: str, text: str) -> None:
    once = merge(base, base + " fin", text)
    assert merge(text, once, text) == once


@pytest.mark.parametrize(
    ("base", "committed", "later", "result"),
    [
        ("pomme verte", "pomme bleue", "pomme rouge", "pomme bleue rouge"),
        ("le délai", "le long délai", "le délai ici", "le long délai ici"),
        ("un deux trois", "un trois", "un deux trois quatre", "un trois quatre"),
        ("un deux trois", "un trois", "un DEUX trois", "un DEUX trois"),  # an edit wins over a removal
        ("", "bonjour", "bonsoir", "bonjour bonsoir"),
        ("x", "x partie", "x art", "x partie art"),  # "art" is a word of its own
        ("a", "a 👩‍👩‍👧", "a 👍🏽", "a 👩‍👩‍👧 👍🏽"),
        ("a b", "a b c", "a b c d", "a b c d"),
        ("ligne 1\nligne 2", "ligne 1 bis\nligne 2", "ligne 1\nligne 2 ter", "ligne 1 bis\nligne 2 ter"),
    ],
)
def test_examples(base: str, committed: str, later: str, result: str) -> None:
    assert merge(base, committed, later) == result


def test_an_emoji_of_several_signs_stays_whole() -> None:
    assert "👩‍👩‍👧" in merge("a 👩‍👩‍👧", "a 👩‍👩‍👧 b", "c a 👩‍👩‍👧")


def test_two_very_long_texts_merge_in_time() -> None:
    one, other = (" ".join(f"{side}{i}" for i in range(4_000)) for side in "xy")
    assert merge("début", f"début {one}", f"début {other}").endswith(other.split()[-1])
