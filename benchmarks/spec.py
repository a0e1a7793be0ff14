"""How good are compiled specifications? Boards with a gold answer: must-haves found, notes cited, forbidden items, coverage.

    python benchmarks/spec.py [folder ...] [--misses] [--json]

A folder holds notes.csv, workshop.yaml and gold.yaml. Without one: the project's own invented boards, then the shared example
where it is present. Boards whose gold was written before any rule was tuned on them are reported apart.
"""

import argparse
import itertools
import json
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "backend"))

from charniere.domain.boardfile import BoardFile  # noqa: E402
from charniere.imports import workshop as workshops  # noqa: E402
from charniere.spec.compile import compile_spec  # noqa: E402

# Boards whose gold answer was written before any rule was tuned on them: (must-haves, notes cited) at their very first compile.
FIRST = {
    "fenetres-particuliers": "43/46, 45/52",
    "aide-domicile": "41/41, 36/41",
    "hotel-seminaires": "35/36, 35/37",
    "coworking-english": "38/39, 45/47",
}
SHARED = Path(os.environ.get("CHARNIERE_SHARED", ROOT.parent / "shared")) / "workshops"
# What these are is in their name; the others are judged on all their words.
BY_TITLE = (
    "objects",
    "pipelines",
    "pipeline_stages",
    "statuses",
    "fields",
    "kpis",
    "views",
    "integrations",
    "roles",
)
_LISTS = (
    "irritant_without_action",
    "breakpoint_without_action",
    "action_without_owner",
    "stage_without_exit",
    "not_answered",
)


@dataclass
class Score:
    """What one board gave against its gold answer."""

    name: str
    found: int = 0
    wanted: int = 0
    cited: int = 0
    to_cite: int = 0
    should: tuple[int, int] = (0, 0)
    forbidden: list[str] = field(default_factory=list)
    coverage: dict[str, str] = field(default_factory=dict)
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def passes(self) -> bool:
        return (
            self.found >= 0.7 * self.wanted
            and self.cited >= 0.85 * self.to_cite
            and len(self.forbidden) <= 3
            and not self.coverage
        )


def workshop(folder: Path) -> BoardFile:
    """The board that the folder's spreadsheet and companion describe."""
    return workshops.read((folder / "notes.csv").read_bytes(), (folder / "workshop.yaml").read_bytes()).file


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation but %."""
    folded = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9%€]+", " ", folded.replace("œ", "oe"))).strip()


def score(folder: Path) -> Score:
    """Compile the board of a folder and compare."""
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    file = workshop(folder)
    compile_spec([file])
    start = time.perf_counter()
    spec = compile_spec([file])
    result = Score(folder.name, seconds=time.perf_counter() - start)
    document = msgspec.json.decode(msgspec.json.encode(spec))
    lines = _lines(document)
    for category, wishes in (gold.get("must") or {}).items():
        got = 0
        for wish in wishes or ():
            got += _judge(result, lines, category, wish)
        if wishes:
            result.sections[category] = (got, len(wishes))
    probe = Score("should")
    for category, wishes in (gold.get("should") or {}).items():
        for wish in wishes or ():
            _judge(probe, lines, category, wish)
    result.should = (probe.found, probe.wanted)
    result.misses += [f"should {m}" for m in probe.misses]
    for ban in gold.get("must_not") or ():
        categories = ban["category"] if isinstance(ban["category"], list) else [ban["category"]]
        for category in categories:
            for line in lines.get(category, ()):
                if _fits(ban, line, line["title"]):
                    result.forbidden.append(f"{ban['id']} {category}: {line['label']}")
    _coverage(result, gold.get("coverage") or {}, document, file.board)
    return result


def _judge(result: Score, lines: dict[str, list[dict[str, Any]]], category: str, wish: dict[str, Any]) -> int:
    result.wanted += 1
    refs = {str(ref) for ref in wish.get("refs") or ()}
    result.to_cite += len(refs)
    best: dict[str, Any] | None = None
    for name in (category, *(wish.get("also") or ())):
        for line in lines.get(name, ()):
            if _fits(wish, line, line["title"] if name in BY_TITLE else line["text"]) and (
                best is None or len(refs & line["refs"]) > len(refs & best["refs"])
            ):
                best = line
    if best is None:
        result.misses.append(
            f"{category} {wish['id']} {wish.get('label', '')} {wish.get('any') or ''} {wish.get('all') or ''}"
        )
        return 0
    result.found += 1
    result.cited += len(refs & best["refs"])
    if refs - best["refs"]:
        result.misses.append(
            f"  cite {category} {wish['id']}: {sorted(refs - best['refs'])} not in « {best['label'][:60]} »"
        )
    return 1


def _fits(wish: dict[str, Any], line: dict[str, Any], text: str) -> bool:
    for narrow in ("object", "pipeline", "to"):
        if narrow in wish and not re.search(wish[narrow], line.get(narrow, "")):
            return False
    for value in wish.get("values") or ():
        if not re.search(value, line.get("values", "")):
            return False
    texts = (line["title"], text)
    every = all(any(re.search(p, t) for t in texts) for p in wish.get("all") or ())
    some = not wish.get("any") or any(re.search(p, t) for p in wish["any"] for t in texts)
    return every and some


def _lines(spec: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Every item as a title, all its text, its refs, and what narrows a wish."""
    labels = {o["key"]: f"{o['key']} {plain(o['label'])}" for o in spec["objects"]}
    out: dict[str, list[dict[str, Any]]] = {}

    def put(category: str, item: dict[str, Any], **more: str) -> None:
        text = plain(" ".join(_words(item)))
        refs = {s["ref"] or str(s["number"]) for s in item["sources"] if s["note"]}
        target = labels.get(item.get("object", ""), item.get("object", ""))
        out.setdefault(category, []).append(
            {
                "label": item["label"],
                "title": plain(item["label"]),
                "text": text,
                "refs": refs,
                "object": target,
                **more,
            }
        )

    for name, items in spec.items():
        if not isinstance(items, list) or name in ("personas", "boards", "journey", "findings"):
            continue
        for item in items:
            more = {}
            if name == "fields":
                more["values"] = " ".join(plain(v["label"]) for v in item["values"])
            if name == "transitions":
                more["to"] = plain(item["to"])
            put(name, {k: v for k, v in item.items() if k != "stages"}, **more)
            for stage in item.get("stages", ()) if name == "pipelines" else ():
                put("pipeline_stages", stage, pipeline=plain(item["label"]))
    return out


def _words(value: Any, key: str = "") -> Iterator[str]:
    """The text of an item: labels and words, not ids, codes, reasons, sources, questions."""
    if key in (
        "id",
        "code",
        "reason",
        "sources",
        "questions",
        "to_confirm",
        "state",
        "covers",
        "feeds",
        "resolves",
        "answers_notes",
    ):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _words(one, key)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _words(one, name)


def _coverage(result: Score, gold: dict[str, Any], spec: dict[str, Any], board: Any) -> None:
    for name in _LISTS:
        if name not in gold:
            continue
        wanted = {str(one) for one in gold[name]}
        got = {
            board.stages[s["stage"]].name if name.startswith("stage") else s["ref"]
            for s in spec["coverage"][name]
        }
        if wanted != got:
            result.coverage[name] = f"missing {sorted(wanted - got)}, too many {sorted(got - wanted)}"
    known = {n["note"]["note"] for n in spec["coverage"]["notes"]}
    if known != set(board.notes):
        result.coverage["notes"] = "not every note is accounted for"


def folders(given: list[str]) -> list[Path]:
    if given:
        return [Path(one) for one in given]
    own = sorted(p.parent for p in (ROOT / "tests" / "golden").glob("*/gold.yaml"))
    shared = sorted(p.parent for p in SHARED.glob("*/gold.yaml"))
    return own + shared


def _speed(size: int) -> float:
    """Seconds to compile a board of so many notes: those of the golden boards, over and over, each a little different."""
    base = workshop(ROOT / "tests" / "golden" / "fenetres-particuliers")
    texts = [
        n
        for p in sorted((ROOT / "tests" / "golden").glob("*/notes.csv"))
        for n in workshop(p.parent).board.notes.values()
    ]
    stages, channels = sorted(base.board.stages), sorted(base.board.channels)
    notes = [
        msgspec.structs.replace(
            one,
            id=f"n{i}",
            number=i,
            rank=f"V{i:05d}",
            text=f"{one.text} ({i})",
            stage=stages[i % len(stages)],
            channel=channels[i % len(channels)],
        )
        for i, one in zip(range(1, size + 1), itertools.cycle(texts), strict=False)
    ]
    grid = [r for r in base.records if type(r).__name__ in ("BoardInfo", "Stage", "Channel")]
    file = msgspec.structs.replace(base, records=(*grid, *notes))
    start = time.process_time()
    compile_spec([file])
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    results = [score(folder) for folder in folders(args.folders)]
    for one in results:
        mark = f"first met: {FIRST[one.name]}" if one.name in FIRST else "the shared example"
        print(
            f"{one.name} ({mark}): must {one.found}/{one.wanted} ({one.found / max(1, one.wanted):.0%}), "
            f"cited {one.cited}/{one.to_cite} ({one.cited / max(1, one.to_cite):.0%}), should {one.should[0]}/{one.should[1]}, "
            f"forbidden {len(one.forbidden)}, coverage {'exact' if not one.coverage else one.coverage}, "
            f"{one.seconds * 1000:.0f} ms"
        )
        if args.misses:
            print("   " + " ".join(f"{k} {a}/{b}" for k, (a, b) in one.sections.items()))
            for line in (*one.misses, *(f"FORBIDDEN {f}" for f in one.forbidden)):
                print("   -", line)
    for size, allowed in ((400, 0.2), (2000, 1.0)):
        print(f"{size} notes: {_speed(size):.2f} s of processor (at most {allowed:.1f})")
    if args.json:
        print(
            json.dumps(
                [{**one.__dict__, "passes": one.passes} for one in results], ensure_ascii=False, indent=1
            )
        )
    return 0 if all(one.passes for one in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
