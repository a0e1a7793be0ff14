"""`charniere je`: judges touchpoints, one on the command line or a stream of JSON lines; shows refused proposals.

The rules themselves live in `phrasing`.
"""

import argparse
import json
import sys
from typing import BinaryIO

Answer = dict[str, str | None]


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from charniere.i18n import t

    parser = subparsers.add_parser("je", help=t("fr", "je.help"), description=t("fr", "je.help"))
    parser.add_argument("phrases", nargs="*", metavar="phrase", help=t("fr", "je.help.phrase"))
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help=t("fr", "je.help.lang"))
    parser.add_argument("--jsonl", action="store_true", help=t("fr", "je.help.jsonl"))
    parser.add_argument("--refused", action="store_true", help=t("fr", "je.help.refused"))


def run(args: argparse.Namespace) -> int:
    """0 when everything asked was answered, 2 when nothing was asked."""
    from charniere.i18n import t

    if args.jsonl:
        return stream(sys.stdin.buffer, sys.stdout.buffer, args.lang)
    if args.refused:
        return show_refused(args.lang)
    if not args.phrases:
        print(t(args.lang, "je.nothing_asked"), file=sys.stderr)
        return 2
    for phrase in args.phrases:
        print("\n".join(sentences(phrase, args.lang)))
    return 0


def sentences(phrase: str, lang: str) -> list[str]:
    """What a person reads about one phrase: verdict, reason, proposal."""
    from charniere.i18n import t
    from charniere.phrasing import assess

    answer = assess(phrase, lang)
    said = [f"{t(lang, f'je.verdict.{answer.verdict}')} — {t(lang, f'je.reason.{answer.reason.rule}')}"]
    if answer.suggestion is not None:
        said.append(t(lang, "je.suggestion", text=answer.suggestion))
    return said


def stream(given: BinaryIO, answers: BinaryIO, lang: str) -> int:
    """A line of JSON in, a line of JSON out, at once. A line that cannot be read is answered too, and the rest goes on."""
    for line in given:
        if line.strip():
            answers.write(json.dumps(answer_to(line, lang), ensure_ascii=False).encode() + b"\n")
            answers.flush()
    return 0


def answer_to(line: bytes, lang: str) -> Answer:
    from charniere.phrasing import assess

    try:
        asked = json.loads(line.decode("utf-8-sig"))
        phrase, wanted = asked["phrase"], asked.get("lang", lang)
        if not isinstance(phrase, str) or not isinstance(wanted, str):
            raise TypeError
        phrase.encode()  # a lone surrogate could not be answered
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {"verdict": "no", "suggestion": None, "reason": "unreadable"}
    found = assess(phrase, wanted)
    return {"verdict": found.verdict, "suggestion": found.suggestion, "reason": found.reason.rule}


def show_refused(lang: str) -> int:
    from charniere.i18n import t
    from charniere.phrasing.refusals import counts
    from charniere.settings import load

    found = counts(load().data)
    if not found:
        print(t(lang, "je.refused.none"))
    for rule, number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        print(t(lang, "je.refused.line", n=number, reason=t(lang, f"je.reason.{rule}")))
    return 0
