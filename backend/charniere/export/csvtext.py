"""Rows -> the bytes of a CSV that French spreadsheets open as it is: UTF-8 with its mark, semicolons, CRLF.

No cell can be taken for a formula: texts are protected, numbers are written by `number` alone.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from charniere.imports.layout import protect


class Number(str):
    """Digits and a sign that we made ourselves: the only cell that may begin with one."""

    __slots__ = ()


def number(value: int | None) -> Number:
    return Number("" if value is None else value)


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([cell if isinstance(cell, Number) else protect(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")
