"""From text to rows: delimiter, header, quoted cells. Knows the names of columns, nothing of notes."""

import csv
import io
import itertools
from collections.abc import Container, Iterable
from typing import Final, NamedTuple

from charniere.domain import limits
from charniere.errors import Code, Refused
from charniere.imports.layout import KEPT_SUFFIX, key_of, unprotect
from charniere.imports.report import Oddity, odd

_DELIMITERS: Final = (";", ",", "\t", "|")
_HEADER_WITHIN: Final = 15  # rows: titles and empty lines above the header
_COLUMNS_MOST: Final = 200
_END: Final = "end of the file"


class Row(NamedTuple):
    """One row: its number in the spreadsheet, the cells of known columns by key, the others by their header."""

    line: int
    cells: dict[str, str]
    others: dict[str, str]


class Table(NamedTuple):
    columns: frozenset[str]  # keys of the known columns that the file has
    rows: list[Row]
    delimiter: str


def read(text: str) -> tuple[Table, list[Oddity]]:
    """Every row that holds something. Raises Refused(unreadable) without a header that names a text column."""
    oddities: list[Oddity] = []
    text, forced = _forced_delimiter(text)
    delimiter, header_at, header = _layout(text, forced)
    records, closed = _records(text, delimiter)
    if not closed:
        oddities.append(odd("quote_open"))
    first = 2 if forced else 1  # the line `sep=;` was a row of the spreadsheet too
    for line, record in enumerate(records[:header_at], first):
        if any(cell.strip() for cell in record):
            oddities.append(odd("above_header", line, words=" ".join(record)))
    keys, names, found = _columns(header)
    oddities += found
    rows = []
    for line, record in enumerate(records[header_at + 1 :], first + header_at + 1):
        row, extra = _row(line, record, keys, names)
        if row.cells or row.others:
            rows.append(row)
            oddities += extra
    return Table(frozenset(k for k in keys if k), rows, delimiter), oddities


def _forced_delimiter(text: str) -> tuple[str, str | None]:
    """The first line `sep=;` that Excel understands, taken off."""
    head, newline, rest = text.partition("\n")
    word = head.strip().strip('"').casefold()
    if newline and word.startswith("sep=") and len(head.strip('\r\n"')) == 5:
        return rest, head.strip('\r\n"')[4]
    if newline and word == "sep=":  # a tab, stripped
        return rest, "\t"
    return text, None


def _layout(text: str, forced: str | None) -> tuple[str, int, list[str]]:
    """The delimiter under which a row near the top names the most columns, that row's index, and the row."""
    best: tuple[int, str, int, list[str]] = (0, ";", 0, [])
    for delimiter in (forced,) if forced else _DELIMITERS:
        lines = itertools.islice(io.StringIO(text, newline=""), _HEADER_WITHIN * 4)
        for index, record in enumerate(itertools.islice(_lenient(lines, delimiter), _HEADER_WITHIN)):
            known = {_key(cell) for cell in record[:_COLUMNS_MOST]} - {None}
            score = len(known) * 2 + ("text" in known)
            if score > best[0] and "text" in known:
                best = (score, delimiter, index, record)
    if not best[0]:
        raise Refused(Code.unreadable, reason="no_header" if text.strip() else "empty")
    return best[1:]


def _lenient(lines: Iterable[str], delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(limits.UPLOAD_BYTES)
    return csv.reader(lines, delimiter=delimiter)


def _records(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """All records, and whether every quote was closed; where not, quotes are taken as ordinary characters."""
    csv.field_size_limit(limits.UPLOAD_BYTES)
    ended = text if text.endswith(("\n", "\r")) else text + "\n"
    # a last line of our own: it is read as a record only if no quote is still open before it
    records = list(csv.reader(io.StringIO(ended + _END, newline=""), delimiter=delimiter))
    if records[-1] == [_END]:
        return records[:-1], True
    plain = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return list(plain), False


def _columns(header: list[str]) -> tuple[list[str | None], list[str], list[Oddity]]:
    """For each column its key or None, and the name under which its cells are kept otherwise."""
    keys: list[str | None] = []
    names: list[str] = []
    oddities: list[Oddity] = []
    plain = [_key(cell) for cell in header[:_COLUMNS_MOST]]
    for index, (cell, key) in enumerate(zip(header, plain, strict=False)):
        name = " ".join(unprotect(cell).split())[: limits.NAME]
        if key == "number" and "ref" not in plain and "ref" not in keys:
            key = "ref"
        if key is not None and key in keys:
            oddities.append(odd("column_twice", column=name))
            key = None
        elif key is None and name and _kept_column(name) is None:
            oddities.append(odd("column_unknown", column=name))
        if key is None:
            others = [other for other, key_ in zip(names, keys, strict=True) if key_ is None]
            name = free_name(_kept_column(name) or name or f"#{index + 1}", others)
        keys.append(key)
        names.append(name)
    return keys, names, oddities


def _key(header: str) -> str | None:
    return key_of(unprotect(header))


def _kept_column(name: str) -> str | None:
    """`émotion` for the column « émotion (importé) » that our own export writes."""
    return next((name.removesuffix(s) for s in KEPT_SUFFIX.values() if name.endswith(s)), None)


def free_name(name: str, taken: Container[str]) -> str:
    """The name, or the name with the first number that makes it free."""
    tries = (name if n == 1 else f"{name} ({n})" for n in itertools.count(1))
    return next(t for t in tries if t not in taken)


def _row(line: int, record: list[str], keys: list[str | None], names: list[str]) -> tuple[Row, list[Oddity]]:
    cells: dict[str, str] = {}
    others: dict[str, str] = {}
    oddities: list[Oddity] = []
    for index, raw in enumerate(record):
        cell = unprotect(raw.replace("\r\n", "\n").replace("\r", "\n"))
        if not cell.strip() and not (cell and index < len(keys) and keys[index] == "text"):
            continue
        key = keys[index] if index < len(keys) else None
        if key is not None:
            cells[key] = cell
        elif index < len(names):
            others[names[index]] = cell
        else:
            others[f"#{index + 1}"] = cell
            oddities.append(odd("cell_beyond", line, level="kept", words=cell))
    return Row(line, cells, others), oddities
