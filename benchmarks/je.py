"""The phrasing engine: accuracy on each set of phrases, latency of a phrase, memory and time of the tables, 10,000 characters."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tracemalloc
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "backend")]

SETS = (
    ("shared", "phrases-shared.tsv"),
    ("own", "phrases-own.tsv"),
    ("kept aside", "phrases-kept.tsv"),
)
STORY = "Le client reçoit un mail, clique sur le lien puis remplit le formulaire. "


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", metavar="SET", help="also list what fails on a set (shared, own)")
    args = parser.parse_args()
    tables()
    accuracy(args.failures)
    latency()
    return 0


def tables() -> None:
    """First question to a fresh engine: reading the tables, and what they keep in memory."""
    began = time.perf_counter()
    from charniere.phrasing import assess

    assess("S'inscrire à la newsletter", "fr")
    french = time.perf_counter() - began
    began = time.perf_counter()
    assess("Fill in a survey", "en")
    english = time.perf_counter() - began

    from charniere.phrasing.french import verbs

    verbs.table.cache_clear()
    tracemalloc.start()
    verbs.table()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"first answer      French {french * 1000:6.1f} ms   English {english * 1000:6.1f} ms")
    print(f"conjugation table {kept / 1e6:6.1f} MB")


def accuracy(failures: str | None) -> None:
    from phrasing.phrase_sets import figures, judged, read_cases

    print("set          phrases  verdict   due   given  silence")
    for name, file in SETS:
        cases = read_cases(file)
        reached = figures(cases)
        print(
            f"{name:12} {reached.phrases:7}  {reached.verdict:6.1f}  {reached.due:5.1f}"
            f"  {reached.given:5.1f}  {reached.silence:6.1f}"
        )
        if failures == name:
            missed = Counter[str]()
            for case in cases:
                answer, right, acceptable = judged(case)
                if not right or acceptable is False or (case.due and acceptable is None):
                    missed[case.category] += 1
                    print(
                        f"    {case.id} {case.category}: {case.phrase!r} -> {answer.verdict}, {answer.suggestion!r}"
                    )
            print(f"    {dict(missed)}")


def latency() -> None:
    from charniere.phrasing import assess
    from phrasing.phrase_sets import read_cases

    cases = [case for _, file in SETS for case in read_cases(file)]
    for case in cases:
        assess(case.phrase, case.lang)
    times = []
    for _ in range(5):
        for case in cases:
            began = time.perf_counter()
            assess(case.phrase, case.lang)
            times.append(time.perf_counter() - began)
    times.sort()
    print(
        f"latency, warm     median {statistics.median(times) * 1000:.3f} ms   p95 {times[int(len(times) * 0.95)] * 1000:.3f} ms"
        f"   worst {times[-1] * 1000:.3f} ms"
    )
    story = (STORY * 200)[:10_000]
    began = time.perf_counter()
    assess(story, "fr")
    print(f"10,000 characters {(time.perf_counter() - began) * 1000:.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
