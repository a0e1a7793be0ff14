"""The font of the notes' marks is the one its icons give, and the style sheet names its letters."""

import runpy
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[1] / "frontend"
MARKS = runpy.run_path(str(FRONTEND / "scripts" / "marks.py"))


def test_the_font_was_made_of_the_icons_as_they_are() -> None:
    assert MARKS["digest"]().encode("utf-16-be") in MARKS["FONT"].read_bytes(), (
        "run frontend/scripts/marks.py"
    )


def test_every_kind_and_mood_has_its_letter_in_the_style_sheet() -> None:
    sheet = (FRONTEND / "src" / "theme" / "marks.css").read_text()
    for letter, (icon, _) in MARKS["MARKS"].items():
        name = f".{icon}::after" if icon.startswith("mood-") else f".k-{icon}::before"
        assert f".note.compact{name} {{\n  content: '\\{letter:x}'" in sheet
