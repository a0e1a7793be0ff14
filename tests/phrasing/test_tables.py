"""The tables beside the engine: complete, without contradiction, small, and generated as they say."""

from __future__ import annotations

import os
import re
import time
import tracemalloc
from pathlib import Path

import pytest

from charniere.phrasing import tables
from charniere.phrasing.data import generate_verbs
from charniere.phrasing.english import verbs as english_verbs
from charniere.phrasing.french import genders, overrides, verbs
from charniere.phrasing.french.nominal import FRAMES

ROWS = sorted(tables.rows("nouns.fr.txt").items())


def test_the_conjugation_table_holds_its_verbs_in_about_a_hundred_kilobytes():
    known = {
        stem + verbs.table().models[number].infinitive
        for stem, numbers in verbs.table().stems.items()
        for number in numbers
    }
    assert len(known) > 7_800
    assert generate_verbs.OUTPUT.stat().st_size < 110_000


def test_the_conjugation_table_is_read_quickly_and_takes_little_memory():
    verbs.table.cache_clear()
    began = time.process_time()
    verbs.table()
    assert time.process_time() - began < 1  # 0.1 s on an ordinary machine: the rest is for slow ones
    verbs.table.cache_clear()
    tracemalloc.start()
    verbs.table()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 30_000_000


def test_the_packed_table_says_that_it_is_generated_and_under_which_licence():
    head = generate_verbs.OUTPUT.read_text(encoding="utf-8")[:700]
    assert "GENERATED" in head
    assert "LGPL-LR" in head
    assert (generate_verbs.OUTPUT.parent / "LICENSE-LGPLLR.txt").is_file()


def test_the_packed_table_is_what_the_generator_makes_of_the_package():
    package = Path(os.environ.get("CHARNIERE_VERBS", "french-verbs-lefff"))
    if not package.is_dir():
        pytest.skip("CHARNIERE_VERBS names no unpacked french-verbs-lefff package")
    assert generate_verbs.main([str(package), "--check"]) == 0


def test_a_conjugation_is_packed_as_its_common_stem_and_its_endings():
    tenses = {
        "P": ["aime", "aimes", "aime", "aimons", "aimez", "aiment"],
        "K": ["aimé", "aimés", "aimée", None],
    }
    assert generate_verbs.pack("aimer", tenses) == ("aim", "er\te,es,e,ons,ez,ent\t\t\t\t\té,és,ée,-")
    assert generate_verbs.pack("uw", tenses) is None


def test_each_noun_hides_a_verb_that_can_be_told_with_je():
    wrong = []
    for noun, (verb, frame) in ROWS:
        told = frame in ("-", "passive") or verbs.first_person(verb.split()[0])
        if not told or frame not in {"-", *FRAMES}:
            wrong.append((noun, verb, frame))
    assert wrong == []


def test_nobody_is_both_a_customer_and_somebody_of_the_firm():
    assert tables.words("customers.fr.txt") & tables.words("agents.fr.txt") == set()
    lists = tables.sections("words.en.txt")
    assert lists["customers"] & lists["agents"] == set()


def test_no_noun_has_two_genders():
    lists = tables.sections("genders.fr.txt")
    assert lists["m"] & lists["f"] <= {"poste"}  # un poste de travail, la poste
    assert len(genders.table()) > 2_000


@pytest.mark.parametrize(
    ("noun", "gender"),
    [
        ("commande", "f"),
        ("commandes", "f"),
        ("adresse", "f"),
        ("colis", "m"),
        ("journaux", "m"),
        ("tartiflette", "f"),
    ],
)
def test_the_gender_of_a_noun_comes_from_the_table_or_from_its_ending(noun, gender):
    assert genders.of(noun) == gender


def test_the_verbs_that_act_and_the_usual_ones_are_all_known():
    acts = {entry.split(":")[-1] for entry in tables.words("acts.fr.txt")}
    unknown = [v for v in sorted(acts | set(overrides.usual())) if not verbs.is_infinitive(v)]
    assert unknown == []


def test_english_forms_lead_back_to_their_verb():
    forms = {
        "paid": ("pay", "past"), "choosing": ("choose", "ing"), "cancelled": ("cancel", "past"), "tries": ("try", "s"),
        "canceled": ("cancel", "past"), "shopping": ("shop", "ing"), "has": ("have", "s"), "written": ("write", "part"),
    }  # fmt: skip
    assert {word: english_verbs.of_kind(word, kind) for word, (_, kind) in forms.items()} == {
        word: base for word, (base, _) in forms.items()
    }


def test_the_lists_hold_no_leftover_marks():
    for name in ("words.en.txt", "customers.fr.txt", "agents.fr.txt", "states.fr.txt", "verbs.en.txt"):
        assert not [word for word in tables.words(name) if re.search(r"[_,;]|\s$", word)], name
