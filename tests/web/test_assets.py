"""The manifest of the front end becomes addresses; pages hold nothing that the theme does not."""

import json
import os
import re
from pathlib import Path

from builders import board
from charniere.web.assets import Assets, Entry
from charniere.web.home import miniature
from charniere.web.render import icon
from web.house import BOARD, house

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = {
    "src/entries/board.ts": {
        "file": "assets/board-1.js",
        "src": "src/entries/board.ts",
        "isEntry": True,
        "imports": ["_shared.js", "_other.js"],
        "css": ["assets/board-1.css"],
        "dynamicImports": ["../backend/charniere/locales/fr.json?page=board", "elsewhere.js"],
    },
    "../backend/charniere/locales/fr.json?page=board": {"file": "assets/fr-1.js", "isDynamicEntry": True},
    "../backend/charniere/locales/fr.json?page=review": {"file": "assets/fr-2.js", "isDynamicEntry": True},
    "_shared.js": {
        "file": "assets/shared-1.js",
        "css": ["assets/shared-1.css"],
        "assets": ["assets/inter-latin-opsz-normal-x.woff2", "assets/inter-latin-ext-opsz-normal-y.woff2"],
    },
    "_other.js": {"file": "assets/other-1.js", "imports": ["_shared.js"], "dynamicImports": ["x"]},
}


def write(folder: Path, manifest: object, at: int) -> None:
    (folder / ".vite").mkdir(exist_ok=True)
    file = folder / ".vite" / "manifest.json"
    file.write_text(json.dumps(manifest))
    os.utime(file, ns=(at, at))


def test_an_entry_comes_with_everything_that_it_imports_once(tmp_path: Path) -> None:
    write(tmp_path, MANIFEST, 1)
    assert Assets(tmp_path).entry("board") == Entry(
        "/static/app/assets/board-1.js",
        ("/static/app/assets/shared-1.css", "/static/app/assets/board-1.css"),
        ("/static/app/assets/shared-1.js", "/static/app/assets/other-1.js"),
        ("/static/app/assets/inter-latin-opsz-normal-x.woff2",),
        {"fr": "/static/app/assets/fr-1.js"},
    )


def test_a_new_build_is_seen_and_a_half_written_one_is_not(tmp_path: Path) -> None:
    assets = Assets(tmp_path)
    assert assets.entry("board") == Entry()
    write(tmp_path, MANIFEST, 1)
    assert assets.entry("board").script == "/static/app/assets/board-1.js"
    (tmp_path / ".vite" / "manifest.json").write_text("{")
    assert assets.entry("board").script == "/static/app/assets/board-1.js"
    write(tmp_path, {"src/entries/board.ts": {"file": "assets/board-2.js"}}, 2)
    assert assets.entry("board").script == "/static/app/assets/board-2.js"


async def test_a_board_without_its_script_says_what_to_do(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path / "house", template) as made:
        client = await made.as_role("participant")
        object.__setattr__(made.app.state.charniere, "assets", Assets(tmp_path))
        assert "./dev build" in (await client.get(f"/b/{BOARD}")).text


def test_the_icons_of_the_pages_are_those_of_the_theme() -> None:
    symbol = re.compile(r'<symbol id="i-[a-z-]+".*?</symbol>', re.S)
    theme = symbol.findall((ROOT / "frontend/src/theme/icons.svg").read_text(encoding="utf-8"))
    pages = symbol.findall((ROOT / "backend/charniere/templates/icons.svg").read_text(encoding="utf-8"))
    assert pages
    assert set(pages) <= set(theme)


def test_an_icon_is_hidden_from_screen_readers_and_holds_no_style() -> None:
    drawn = icon("mark")
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn


def test_the_miniature_is_the_grid_row_by_row() -> None:
    columns, cells = miniature(board(notes=7, stages=3, channels=2))
    assert columns == 3
    assert [len(cell) for cell in cells] == [2, 1, 1, 1, 1, 1]
    assert cells[0] == ("none", "none")
