"""From text to rows: delimiter, header, quoted cells. Knows the names of columns, nothing of notes."""

import collections
import csv
import itertools
import re
from collections.abc import Container, Iterator
from typing import Final, Literal, NamedTuple

from charniere.domain import limits
from charniere.errors import Code, Refused
from charniere.imports.layout import KEPT_SUFFIX, key_of, unprotect
from charniere.imports.report import Oddity, odd

_DELIMITERS: Final = (";", ",", "\t", "|")
_HEADER_WITHIN: Final = 15  # rows: titles and empty lines above the header
_COLUMNS_MOST: Final = 200
_LINES_MOST: Final = 300_000
_LINE_MOST: Final = 1_000_000  # characters
_END: Final = "end of the file"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


class Row(NamedTuple):
    """One row: its number in the spreadsheet, the cells of known columns by key, the others by their header."""

    line: int
    cells: dict[str, str]
    others: dict[str, str]


class Table(NamedTuple):
    columns: frozenset[str]  # keys of the known columns that the file has
    rows: list[Row]
    delimiter: str
    beyond: int  # rows that hold something, over the number of notes of a board; not read


def read(text: str) -> tuple[Table, list[Oddity]]:
    """Every row that holds something. Raises Refused(unreadable) without a header that names a text column."""
    _check_size(text)
    oddities: list[Oddity] = []
    text, forced = _forced_delimiter(text)
    delimiter, header_at, header = _layout(text, forced)
    quoting = _quoting(text, delimiter)
    if quoting == csv.QUOTE_NONE:
        oddities.append(odd("quote_open"))
    first = 2 if forced else 1  # the line `sep=;` was a row of the spreadsheet too
    records = enumerate(csv.reader(_lines(text), delimiter=delimiter, quoting=quoting), first)
    for line, record in itertools.islice(records, header_at):
        if any(cell.strip() for cell in record):
            oddities.append(odd("above_header", line, words=" ".join(record)))
    next(records)
    keys, names, found = _columns(header)
    oddities += found
    rows: list[Row] = []
    beyond = 0
    for line, record in records:
        if len(rows) >= limits.NOTES:
            beyond += any(cell.strip() for cell in record)
            continue
        row, extra = _row(line, record, keys, names)
        if row.cells or row.others:
            rows.append(row)
            oddities += extra
    if beyond:
        last = rows[-1].line + 1
        oddities.append(odd("too_many_notes", last, level="refused", limit=limits.NOTES, n=beyond))
    return Table(frozenset(k for k in keys if k), rows, delimiter, beyond), oddities


def _check_size(text: str) -> None:
    """No spreadsheet of notes has such lines; reading them would take long."""
    if sum(1 for _ in itertools.islice(_lines(text), _LINES_MOST + 1)) > _LINES_MOST:
        raise Refused(Code.unreadable, reason="too_many_lines", limit=_LINES_MOST)
    longest = max(_lines(text), key=len, default="")
    if len(longest) > _LINE_MOST:
        line = next(number for number, other in enumerate(_lines(text), 1) if len(other) == len(longest))
        raise Refused(Code.unreadable, reason="line_too_long", line=line, limit=_LINE_MOST)


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
    csv.field_size_limit(limits.UPLOAD_BYTES)
    best: tuple[int, str, int, list[str]] = (0, ";", 0, [])
    for delimiter in (forced,) if forced else _DELIMITERS:
        top = csv.reader(itertools.islice(_lines(text), _HEADER_WITHIN * 4), delimiter=delimiter)
        for index, record in enumerate(itertools.islice(top, _HEADER_WITHIN)):
            known = {_key(cell) for cell in record[:_COLUMNS_MOST]} - {None}
            score = len(known) * 2
            if score > best[0] and "text" in known:
                best = (score, delimiter, index, record)
    if not best[0]:
        raise Refused(Code.unreadable, reason="no_header" if text.strip() else "empty")
    return best[1:]


def _lines(text: str) -> Iterator[str]:
    """One at a time, with their ends as they are: a large file is never held twice."""
    return (found[0] for found in _LINE.finditer(text) if found[0])


def _quoting(text: str, delimiter: str) -> Literal[0, 3]:
    """Whether quotes are to be read: not where one is never closed, or it would swallow the rows after it."""
    # a last line of our own: it is read as a record only if no quote is still open before it
    records = csv.reader(itertools.chain(_lines(text), [_END]), delimiter=delimiter)
    (last,) = collections.deque(records, maxlen=1)
    return csv.QUOTE_MINIMAL if last == [_END] else csv.QUOTE_NONE


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
    return key_of(unprotect(header)) if len(header) <= limits.NAME else None


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
    if len(record) > _COLUMNS_MOST:
        record = [*record[:_COLUMNS_MOST], "; ".join(filter(None, record[_COLUMNS_MOST:]))]
    for index, raw in enumerate(record):
        cell = unprotect(raw.replace("\r\n", "\n").replace("\r", "\n"))
        key = keys[index] if index < len(keys) else None
        if not cell or (key != "text" and not cell.strip()):
            continue
        if key is not None:
            cells[key] = cell
        elif index < len(names):
            others[names[index]] = cell
        else:
            others[f"#{index + 1}"] = cell
            oddities.append(odd("cell_beyond", line, level="kept", words=cell))
    return Row(line, cells, others), oddities
