"""The vectors that hold the browser's review to these rules are what the rules say now."""

from spec.draft.write_vectors import NAME, VECTORS, encoded, vectors

CURRENT = vectors()


def test_the_vectors_are_current() -> None:
    written = (VECTORS / NAME).read_text(encoding="utf-8")
    assert written == encoded(CURRENT), "run python tests/spec/draft/write_vectors.py"


def test_lines_stand_in_every_way_that_there_is() -> None:
    assert {one["standing"] for one in CURRENT["lines"]} == {
        "proposed", "to_confirm", "to_complete", "conflict", "validated", "rejected", "merged"
    }  # fmt: skip


def test_the_walks_meet_every_edit_and_every_refusal_that_they_can() -> None:
    steps = [step for walk in CURRENT["walks"] for step in walk["steps"] if "edit" in step]
    done = {step["edit"]["type"] for step in steps if step.get("changes")}
    assert len(done) == 15  # all but `reopen`: only the server freezes a draft
    assert {step["refused"] for step in steps if "refused" in step} >= {
        "not_found", "unsettled", "not_allowed", "not_yours", "cannot_undo", "too_long", "bad_value"
    }  # fmt: skip
