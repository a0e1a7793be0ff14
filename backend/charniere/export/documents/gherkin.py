"""The acceptance scenarios as a Gherkin feature, in the language of the board. What it cannot carry is listed in its head."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from charniere.export.documents.parts import Release
from charniere.export.documents.words import Reading, citations
from charniere.i18n import t
from charniere.spec.codes import PREFIX
from charniere.spec.lines import Scenario
from charniere.spec.model import SECTIONS, Spec

_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_TAG: Final = re.compile(r"[^\w-]+")
_TAG_MOST: Final = 60


class _Keywords(NamedTuple):
    """The keywords that every Gherkin reader knows for a language."""

    feature: str
    scenario: str
    given: str
    when: str
    then: str
    more: str


_KEYWORDS: Final = {
    "fr": _Keywords("Fonctionnalité", "Scénario", "Étant donné ", "Quand ", "Alors ", "Et "),
    "en": _Keywords("Feature", "Scenario", "Given ", "When ", "Then ", "And "),
}


def write(reading: Reading, release: Release) -> bytes:
    """The same specification in the same edition gives the same bytes."""
    # A name pasted from elsewhere may hold half of a surrogate pair, which no encoding has.
    return ("\n".join(_feature(reading, release)) + "\n").encode("utf-8", "replace")


def losses(spec: Spec) -> tuple[str, ...]:
    """The codes of everything that is no scenario."""
    held = [item.code for name in SECTIONS if name != "scenarios" for item in getattr(spec, name)]
    held += [one.code for one in spec.scenarios if one.state == "rejected"] + [
        one.code for one in spec.rejected
    ]
    held += [stage.code for pipeline in spec.pipelines for stage in pipeline.stages]
    return tuple(sorted({*held, *(one.code for one in spec.findings)}))


def _feature(reading: Reading, release: Release) -> Iterator[str]:
    words = _KEYWORDS[reading.lang]
    yield f"# language: {reading.lang}"
    yield from (f"# {line}" for line in _release(reading, release))
    lost = losses(reading.spec)
    if lost:
        yield f"# {reading.say('document.losses')}"
        for prefix in PREFIX.values():
            of_kind = [code for code in lost if code.partition("-")[0] == prefix]
            if of_kind:
                yield f"#   {', '.join(of_kind)}"
    yield f"{words.feature}: {_line(reading.say('document.feature.title', client=reading.spec.project.client))}"
    for scenario in reading.spec.scenarios:
        if scenario.state == "rejected":
            continue
        yield ""
        yield from _scenario(reading, scenario, words)


def _release(reading: Reading, release: Release) -> Iterator[str]:
    """The version and who approved it, as comments."""
    for fact in release.facts:
        yield _line(reading.colon(fact.label, " ; ".join(fact.words)))
    for row in release.approvals.rows:
        if any(row[1:]):
            approval = ", ".join(filter(None, row))
            yield _line(reading.colon(reading.say("document.release.approved"), approval))


def _scenario(reading: Reading, scenario: Scenario, words: _Keywords) -> Iterator[str]:
    sources = reading.say("document.feature.source", sources=citations(reading, scenario.sources))
    covered = [reading.spec.codes[one] for one in scenario.covers if one in reading.spec.codes]
    yield f"  # {_line(sources)}"
    tags = [scenario.code, *covered, *filter(None, (_tag(scenario.journey_stage),))]
    if scenario.critical:
        tags.append(_tag(reading.say("spec.page.critical")))
    yield f"  {' '.join(f'@{tag}' for tag in tags)}"
    yield f"  {words.scenario}: {scenario.code} {_line(scenario.label)}"
    for keyword, steps in (
        (words.given, scenario.given),
        (words.when, scenario.when),
        (words.then, scenario.then),
    ):
        for i, step in enumerate(steps):
            said = _line(step) if steps is scenario.when else _lower(_line(step))
            yield f"    {keyword if i == 0 else words.more}{said}"
    for question in scenario.questions:
        asked = t(reading.lang, f"spec.ask.{question.rule}", **question.params)
        label = reading.say("document.to_complete")
        yield f"    # {_line(reading.colon(label, asked))}"


def _tag(words: str) -> str:
    """Words as one tag: letters, digits, hyphens."""
    return _TAG.sub("-", words.casefold()).strip("-")[:_TAG_MOST]


def _line(words: str) -> str:
    """Words on one line: nothing that a person typed can begin a step, a tag or a comment of its own."""
    return _BREAKS.sub(" ", words).strip()


def _lower(words: str) -> str:
    """A sentence of ours after its keyword: « Étant donné un client », while « CRM » keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
