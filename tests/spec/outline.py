"""A specification as lines that a person can review: what the golden files hold. Run as a script to write them again.

python tests/spec/outline.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).resolve().parents[i] / folder) for i, folder in ((1, "."), (2, "backend"))
    ]

from charniere.domain.boardfile import BoardFile
from charniere.spec.compile import compile_spec
from charniere.spec.model import SECTIONS, Spec
from charniere.spec.parts import Item, Measure, Source
from spec.builders import GOLDEN, workshop

MARKS = {"proposed": " ", "to_confirm": "~", "to_complete": "?"}


def outline(file: BoardFile) -> str:
    """Section by section: mark, code, label, what matters of it, sources."""
    spec = compile_spec([file])
    names = {s.id: s.name for s in file.board.stages.values()} | {
        c.id: c.name for c in file.board.channels.values()
    }
    return "\n".join([*_sections(spec, names), *_coverage(spec, names), *_findings(spec, names)]) + "\n"


def _sections(spec: Spec, names: dict[str, str]) -> Iterator[str]:
    for section in SECTIONS:
        yield f"\n== {section}"
        for item in getattr(spec, section):
            yield _line(section, item, names)
            for stage in getattr(item, "stages", ()):
                yield "    " + _line("stages", stage, names)


def _line(section: str, item: Item, names: dict[str, str]) -> str:
    words = " · ".join(word for word in _details(section, item) if word)
    asks = f" asks {','.join(q.about for q in item.questions)}" if item.questions else ""
    return f"{MARKS[item.state]} {item.code} {item.label}{' · ' + words if words else ''} | {_refs(item.sources, names)}{asks}"


def _details(section: str, item: Item) -> Iterator[str]:
    kept = {
        "stages": ("outcome", "probability", "max_delay"),
        "statuses": ("object", "category"),
        "transitions": ("criterion", "delay"),
        "fields": ("object", "type", "values", "required_at", "required_when"),
        "pipelines": ("object", "owner_team"),
        "workflows": ("object", "trigger", "actions", "delay"),
        "views": ("kind", "object", "shows"),
        "kpis": ("object", "unit", "formula"),
        "sla": ("object", "delay", "starts"),
        "scoring": ("kind", "object", "criteria"),
        "integrations": ("system", "channels"),
        "content": ("kind",),
        "scenarios": ("object", "channel", "then"),
        "actions": ("nature", "owner", "family"),
        "roles": ("kind",),
    }
    for name in kept.get(section, ()):
        yield _words(getattr(item, name))


def _words(value: object) -> str:
    if isinstance(value, Measure):
        amount = "" if value.amount is None else f"{value.amount:g} "
        return f"[{value.words} = {value.direction} {amount}{value.unit}]"
    if isinstance(value, tuple):
        return ", ".join(_words(one) for one in value)
    for attribute in ("conditions", "words", "label"):
        if hasattr(value, attribute):
            kind = getattr(value, "kind", "")
            return (
                f"{kind + ': ' if kind and attribute == 'words' else ''}{_words(getattr(value, attribute))}"
            )
    return "" if value is None else str(value)


def _refs(sources: tuple[Source, ...], names: dict[str, str]) -> str:
    return " ".join(
        (s.ref or str(s.number)) if s.note else f"<{names.get(s.channel or s.stage or '', '?')}>"
        for s in sources
    )


def _coverage(spec: Spec, names: dict[str, str]) -> Iterator[str]:
    yield "\n== coverage"
    for use in spec.coverage.notes:
        if not use.items:
            yield f"  {_refs((use.note,), names)}: {use.why_not}"
    for name in (
        "irritant_without_action",
        "breakpoint_without_action",
        "action_without_owner",
        "stage_without_exit",
    ):
        yield f"  {name}: {_refs(getattr(spec.coverage, name), names)}"


def _findings(spec: Spec, names: dict[str, str]) -> Iterator[str]:
    yield "\n== findings"
    for finding in spec.findings:
        yield f"  {finding.rule} {finding.severity} | {_refs(finding.sources, names)} {' '.join(finding.items)}".rstrip()


if __name__ == "__main__":
    for folder in sorted(p.parent for p in GOLDEN.glob("*/notes.csv")):
        (folder / "spec.txt").write_text(outline(workshop(folder)), encoding="utf-8")
