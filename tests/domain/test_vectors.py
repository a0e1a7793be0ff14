"""The vectors that hold the browser to these rules are what the rules say now."""

import pytest

from domain.write_vectors import VECTORS, encoded, vectors

CURRENT = vectors()


@pytest.mark.parametrize("name", sorted(CURRENT))
def test_the_vectors_are_current(name: str) -> None:
    written = (VECTORS / name).read_text(encoding="utf-8")
    assert written == encoded(CURRENT[name]), "run python tests/domain/write_vectors.py"


def test_the_walks_meet_every_edit_and_every_refusal_that_they_can() -> None:
    steps = [step for walk in CURRENT["predict.json"] for step in walk["steps"]]
    assert len({step["edit"]["type"] for step in steps}) == 21
    assert {step["refused"] for step in steps if "refused" in step} >= {
        "not_found", "note_removed", "not_yours", "too_long", "bad_value"
    }  # fmt: skip
