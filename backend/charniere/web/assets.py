"""The browser's files as Vite built them: which script and which styles an entry needs, read from its manifest."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

BUILT: Final = Path(__file__).resolve().parents[1] / "static" / "app"
BASE: Final = "/static/app/"
_CATALOGUE: Final = re.compile(r"locales/([a-z]{2})\.json(\?|$)")
_FONT: Final = re.compile(
    r"inter-latin-opsz-normal[^/]*\.woff2$"
)  # the "ext" one holds rare letters, loaded when met


class Chunk(Struct, frozen=True):
    """One line of the manifest."""

    file: str
    css: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    dynamic: tuple[str, ...] = field(default=(), name="dynamicImports")


class Entry(NamedTuple):
    """Addresses for one page. `script` is None before the front end is built: the page then says so in words.

    `fonts` are those that every text needs, `words` the catalogue of each language: asked for early, they are there in time.
    """

    script: str | None = None
    styles: tuple[str, ...] = ()
    preloads: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    words: Mapping[str, str] = MappingProxyType({})


_DECODER = msgspec.json.Decoder(dict[str, Chunk])


class Assets:
    """The manifest, read again when a new build replaces it."""

    def __init__(self, built: Path = BUILT) -> None:
        self._manifest = built / ".vite" / "manifest.json"
        self._at: int | None = None
        self._entries: dict[str, Entry] = {}

    def entry(self, name: str) -> Entry:
        """What `frontend/src/entries/<name>.ts` became."""
        self._read()
        return self._entries.get(f"src/entries/{name}.ts", Entry())

    def _read(self) -> None:
        try:
            at = self._manifest.stat().st_mtime_ns
            if at != self._at:
                chunks = _DECODER.decode(self._manifest.read_bytes())
                self._entries = {key: _entry(chunks, key) for key in chunks}
                self._at = at
        except (FileNotFoundError, msgspec.DecodeError):
            pass  # a build is being written: the last one known, or none yet


def _entry(chunks: dict[str, Chunk], key: str) -> Entry:
    """The entry with everything that it imports, each once, in the order of loading."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name not in order and name in chunks:
            for imported in chunks[name].imports:
                visit(imported)
            order.append(name)

    visit(key)
    styles = dict.fromkeys(BASE + style for name in order for style in chunks[name].css)
    preloads = [BASE + chunks[name].file for name in order if name != key]
    named = dict.fromkeys(asset for name in order for asset in chunks[name].assets)
    fonts = [BASE + asset for asset in named if _FONT.search(asset)]
    words = {
        found[1]: BASE + chunks[name].file
        for name in chunks[key].dynamic
        if name in chunks and (found := _CATALOGUE.search(name))
    }
    return Entry(BASE + chunks[key].file, tuple(styles), tuple(preloads), tuple(fonts), words)
