"""Delays and thresholds as people write them: « sous 6 h ouvrées », « J-90 », « plus de 15 % », « within 2 business days ».

Only what is written is read; the words are kept. What a delay counts from is read from the words around it.
"""

import re
from functools import cache
from typing import Final, NamedTuple, cast

from charniere.spec.lexicon import table
from charniere.spec.parts import Direction, Measure, Unit, Window
from charniere.spec.words import fold, trim


class Found(NamedTuple):
    """A measure and where it stands in the text."""

    start: int
    end: int
    measure: Measure

    @property
    def is_delay(self) -> bool:
        return self.measure.unit not in ("percent", "currency", "count", "") or not self.measure.unit


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    words = table(lang, "measures")
    units = "|".join(words["units"])
    number = r"(?P<n>\d{1,3}(?:[ .]\d{3})+|\d+(?:[.,]\d+)?|" + "|".join(words["numbers"]) + ")"
    business = f"(?P<b> ?(?:{words['business']}))?"
    delay = rf"(?<![\w.,/]){number} ?(?P<u>{units})\b{business}"
    return {
        "day_code": re.compile(rf"\b{words['day_letter']} ?(?P<s>[-+]) ?(?P<n>\d{{1,3}})\b"),
        "delay": re.compile(delay),
        "threshold": re.compile(
            rf"(?P<op>{'|'.join(words['operators'])}) ?(?:de |d'|a )?(?P<n>\d{{1,3}}(?: \d{{3}})+|\d+(?:[.,]\d+)?) ?"
            rf"(?P<u>%|€|euros?|k€|[a-z]+)?"
        ),
        "move": re.compile(
            rf"\b(?P<op>{'|'.join(words['moves'])})\b(?P<s>[^.;,→\d]{{0,40}}?)(?:de|of|d'|by)? ?(?P<n>\d+(?:[.,]\d+)?) ?%"
        ),
        "named": re.compile(rf"\b(?:{'|'.join(words['named'])})\b"),
        "window": re.compile(rf"\b(?:{words['window']}) {number}? ?(?P<u>{units})\b"),
        "every": re.compile(rf"\b(?:{'|'.join(words['every'])})\b"),
    }


@cache
def _units(lang: str) -> list[tuple[re.Pattern[str], Unit]]:
    return [(re.compile(cue), cast(Unit, unit)) for cue, unit in table(lang, "measures")["units"].items()]


def measures(text: str, lang: str) -> list[Found]:
    """All delays and thresholds of a text, in order, none overlapping another."""
    folded = fold(text)
    if not _MAY.search(folded):
        return _named(text, folded, lang)
    found: list[Found] = []
    for reader in (_moves, _day_codes, _delays, _thresholds, _named):
        for one in reader(text, folded, lang):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return sorted(found)


_MAY: Final = re.compile(
    r"\d|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|trente|two|three|four|five|ten|one)\b"
)


def _number(words: str, lang: str) -> float:
    known = table(lang, "measures")["numbers"].get(words)
    if known is not None:
        return float(known)
    return float(re.sub(r"[ .](?=\d{3})", "", words).replace(",", "."))


def _unit(words: str, business: str | None, lang: str) -> Unit:
    for pattern, unit in _units(lang):
        if pattern.fullmatch(words):
            if business:
                return {"hour": "business_hour", "day": "business_day"}.get(unit, unit)  # type: ignore[return-value]
            return unit
    return ""


def _day_codes(text: str, folded: str, lang: str) -> list[Found]:
    out = []
    for match in _patterns(lang)["day_code"].finditer(folded):
        before = match["s"] == "-"
        out.append(
            Found(
                match.start(),
                match.end(),
                Measure(
                    words=text[match.start() : match.end()],
                    amount=float(match["n"]),
                    unit="day",
                    direction="before" if before else "after",
                    anchor=_anchor_after(text, folded, match.end(), lang),
                ),
            )
        )
    return out


def _delays(text: str, folded: str, lang: str) -> list[Found]:
    words = table(lang, "measures")
    out = []
    for match in _patterns(lang)["delay"].finditer(folded):
        unit = _unit(match["u"], match["b"], lang)
        if not unit or _is_not_a_delay(folded, match.start(), match.end()):
            continue
        start, direction = _before_delay(folded, match.start(), words)
        if _LACKING.search(folded[max(0, start - 60) : start]) and re.match(r"(?:en|in)\b", folded[start:]):
            direction = "since"  # « aucune visite en 15 jours » waits, it promises nothing
        after = re.match(rf" ?(?:{words['before']}|{words['after']})\b", folded[match.end() :])
        anchor = ""
        end = match.end()
        if after:
            is_before = re.match(rf" ?(?:{words['before']})\b", folded[match.end() :])
            direction = "before" if is_before else ("within" if direction == "within" else "after")
            anchor = _words_after(text, folded, match.end() + after.end(), lang)
        out.append(
            Found(
                start,
                end,
                Measure(
                    words=text[start:end],
                    amount=_number(match["n"], lang),
                    unit=unit,
                    direction=direction or "within",
                    anchor=anchor,
                    subject=_subject_before(text, folded, start) if direction in _COMPARES else "",
                ),
            )
        )
    return out


_COMPARES: Final = ("more_than", "less_than", "at_least", "at_most")


_LACKING: Final = re.compile(r"\b(?:si|quand|aucune?|sans|if|no|without)\b[^.;:→]*$")


def _is_not_a_delay(folded: str, start: int, end: int) -> bool:
    """« à 16h », « 8h du matin », « 2 mois offerts », « sur 5 ans », « trois fois en une semaine »: clocks, gifts and spans."""
    if re.search(r"\b(?:sur|par|per|over) $", folded[:start]):
        return True
    if re.search(r"\b(?:en|in) $", folded[:start]) and not folded[start].isdigit():
        return True
    return bool(
        re.match(
            r" ?(?:du matin|pile|\d\d\b|(?:offerts?|gratuits?|free)\b|d'(?:essai|engagement)|de garantie)",
            folded[end:],
        )
        or (
            re.search(
                r"(?:\ba|\bapres|\bvers|\blundi|\bmardi|\bmercredi|\bjeudi|\bvendredi|\bsamedi) $",
                folded[:start],
            )
            and re.match(r"\d+ ?h\b", folded[start:end])
            and not re.match(r" ?(?:ouvr|apres|avant)", folded[end:])
        )
    )


def _before_delay(folded: str, start: int, words: dict[str, dict[str, str]]) -> tuple[int, Direction | None]:
    for cue, direction in words["lead_ins"].items():
        match = re.search(rf"(?:^|(?<=[^a-z]))(?:{cue}) ?$", folded[max(0, start - 30) : start])
        if match:
            return max(0, start - 30) + match.start(), cast(Direction, direction)
    return start, None


def _thresholds(text: str, folded: str, lang: str) -> list[Found]:
    operators = table(lang, "measures")["operators"]
    out = []
    for match in _patterns(lang)["threshold"].finditer(folded):
        unit_words = match["u"] or ""
        unit: Unit = (
            "percent" if unit_words == "%" else "currency" if re.match(r"k?€|euro", unit_words) else "count"
        )
        if re.match(r"jusqu|up to", match["op"]) and re.match(r"h\b|heure|hour", unit_words):
            continue  # « ouvert jusqu'à 22 h » is a clock
        delay_unit = _unit(unit_words, None, lang) if unit == "count" else ""
        end = match.end()
        if unit == "count" and not delay_unit and unit_words:
            end = match.start("u")
        out.append(
            Found(
                match.start(),
                end,
                Measure(
                    words=text[match.start() : match.end()].strip(),
                    amount=_number(match["n"], lang),
                    unit=delay_unit or unit,
                    direction=cast(Direction, _operator(match["op"], operators)),
                    subject=_subject_before(text, folded, match.start()),
                ),
            )
        )
    return out


def _operator(words: str, operators: dict[str, str]) -> str:
    return next(value for cue, value in operators.items() if re.fullmatch(cue, words))


def _subject_before(text: str, folded: str, start: int) -> str:
    """What a threshold measures: the words just before it (« nb de lits » in « nb de lits ≥ 10 »)."""
    head = folded[:start].rstrip()
    cut = max(
        (
            head.rfind(mark)
            for mark in (",", ";", ":", "(", "→", " et ", " si ", " quand ", " dont ", " and ")
        ),
        default=-1,
    )
    words = text[cut + 1 : start]
    words = re.sub(r"^(?:et|si|quand|dont|and|when|if|t|i)\s+", "", words.strip())
    return trim(words) if len(words) <= 60 else ""


def _moves(text: str, folded: str, lang: str) -> list[Found]:
    moves = table(lang, "measures")["moves"]
    out = []
    for match in _patterns(lang)["move"].finditer(folded):
        end = match.end()
        window = None
        near = _patterns(lang)["window"].match(folded[end:].lstrip())
        if near:
            offset = end + len(folded[end:]) - len(folded[end:].lstrip())
            words = text[offset + near.start() : offset + near.end()]
            window = Window(
                amount=_number(near["n"], lang) if near["n"] else 1,
                unit=_unit(near["u"], None, lang),
                words=words,
            )
            end = offset + near.end()
        subject = trim(
            re.sub(r"^\s*(?:d'|de |du |des |of |in )", "", text[match.start("s") : match.end("s")])
        )
        out.append(
            Found(
                match.start(),
                end,
                Measure(
                    words=text[match.start() : end],
                    amount=_number(match["n"], lang),
                    unit="percent",
                    direction=cast(Direction, _operator(match["op"], moves)),
                    subject=subject,
                    window=window,
                ),
            )
        )
    return out


def _named(text: str, folded: str, lang: str) -> list[Found]:
    """« le jour même », « dans la semaine », « chaque mois »: a delay without a digit."""
    named = table(lang, "measures")["named"]
    out = []
    for match in _patterns(lang)["named"].finditer(folded):
        spec = next(value for cue, value in named.items() if re.fullmatch(cue, match[0]))
        amount, unit, direction = spec.split()
        out.append(
            Found(
                match.start(),
                match.end(),
                Measure(
                    words=text[match.start() : match.end()],
                    amount=float(amount),
                    unit=cast(Unit, unit),
                    direction=cast(Direction, direction),
                    anchor=_anchor_after(text, folded, match.end(), lang),
                ),
            )
        )
    return out


def _anchor_after(text: str, folded: str, end: int, lang: str) -> str:
    """« J+4 et J+9 de la découverte »: what comes after « de », « après », « avant » behind the figure, past its sisters."""
    words = table(lang, "measures")
    rest = re.match(rf"(?:\s*(?:,|et|puis|and|then|/|ou) ?{words['day_letter']} ?[-+] ?\d+)*", folded[end:])
    end += rest.end() if rest else 0
    link = re.match(rf" ?(?:{words['anchor']}|{words['before']}|{words['after']})\b ?", folded[end:])
    return _words_after(text, folded, end + link.end(), lang) if link else ""


def _words_after(text: str, folded: str, start: int, lang: str) -> str:
    stop = re.search(rf"[,;:.!?()→+]|\s(?:{table(lang, 'measures')['stop']})\b", folded[start:])
    end = start + stop.start() if stop else len(text)
    return trim(text[start:end])
