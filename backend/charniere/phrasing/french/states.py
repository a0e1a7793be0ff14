"""Adjectives and participles that describe a person (data/states.fr.txt), whatever their gender and number."""

from __future__ import annotations

from ..tables import words as word_list
from .verbs import participles

ENDINGS = (
    ("", ""), ("e", ""), ("ète", "et"), ("euse", "eux"), ("ère", "er"), ("ée", "é"), ("te", "t"), ("ve", "f"),
)  # fmt: skip


def base(form: str) -> str | None:
    """« déçues » → déçu; None where the word is no state."""
    states = word_list("states.fr.txt")
    for cut in (form, form[:-1] if form.endswith("s") else form):
        for ending, other in ENDINGS:
            if cut.endswith(ending) and cut[: len(cut) - len(ending)] + other in states:
                return cut[: len(cut) - len(ending)] + other
    return None


def singular(form: str) -> str:
    """« satisfaits » → satisfait, « satisfaites » → satisfaite, « surpris » as it is."""
    known = form.endswith("s") and (base(form[:-1]) is not None or bool(participles(form[:-1])))
    return form[:-1] if known else form
