"""argparse's own words in French: usage, headings, and what is said of a command written wrongly.

argparse looks its sentences up by the English one; a sentence that a later Python adds stays in English.
"""

import argparse
from typing import Final

from charniere.i18n import t

# The sentence of argparse, our key, and what stands for each of our parameters in it.
_SENTENCES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "usage: ": ("arguments.usage", {}),
    "positional arguments": ("arguments.positional", {}),
    "options": ("arguments.options", {}),
    "show this help message and exit": ("arguments.help", {}),
    "%(prog)s: error: %(message)s\n": (
        "arguments.error",
        {"program": "%(prog)s", "message": "%(message)s\n"},
    ),
    "argument %(argument_name)s: %(message)s": (
        "arguments.argument",
        {"name": "%(argument_name)s", "message": "%(message)s"},
    ),
    "the following arguments are required: %s": ("arguments.required", {"names": "%s"}),
    "one of the arguments %s is required": ("arguments.one_required", {"names": "%s"}),
    "unrecognized arguments: %s": ("arguments.unknown", {"words": "%s"}),
    "ambiguous option: %(option)s could match %(matches)s": (
        "arguments.ambiguous",
        {"option": "%(option)s", "names": "%(matches)s"},
    ),
    "not allowed with argument %s": ("arguments.not_with", {"name": "%s"}),
    "ignored explicit argument %r": ("arguments.too_much", {"value": "%r"}),
    "expected one argument": ("arguments.one_value", {}),
    "expected at most one argument": ("arguments.one_value", {}),
    "expected at least one argument": ("arguments.some_value", {}),
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "arguments.choice",
        {"value": "%(value)r", "names": "%(choices)s"},
    ),
    "invalid %(type)s value: %(value)r": ("arguments.bad_value", {"value": "%(value)r"}),
}


def speak_french() -> None:
    """For every parser of this process, from now on."""
    setattr(argparse, "_", _said)  # noqa: B010 the name that argparse gives to gettext, unknown to its types


def _said(sentence: str) -> str:
    if sentence not in _SENTENCES:
        return sentence
    key, standing = _SENTENCES[sentence]
    said = t("fr", key, **standing)
    return f"{said} " if sentence.endswith(" ") else said
