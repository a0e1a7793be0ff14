"""Which documents can be made, and how: a name, the boards and their specification in, bytes out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from charniere.domain.boardfile import BoardFile
from charniere.export.documents import gherkin, markdown, page, workbook
from charniere.export.documents.outline import outline
from charniere.export.documents.words import Reading
from charniere.spec.model import Spec

Make: TypeAlias = Callable[[Spec, Sequence[BoardFile]], bytes]


def _markdown(spec: Spec, files: Sequence[BoardFile]) -> bytes:
    return markdown.write(outline(spec, files))


def _page(spec: Spec, files: Sequence[BoardFile]) -> bytes:
    return page.write(outline(spec, files))


def _feature(spec: Spec, files: Sequence[BoardFile]) -> bytes:
    return gherkin.write(_reading(spec, files))


def _workbook(spec: Spec, files: Sequence[BoardFile]) -> bytes:
    return workbook.write(_reading(spec, files))


def _word(spec: Spec, files: Sequence[BoardFile]) -> bytes:
    from charniere.export.documents import word  # a heavy library, and few ask for it

    return word.write(outline(spec, files))


def _printed(spec: Spec, files: Sequence[BoardFile]) -> bytes:
    from charniere.export.documents import printed  # the typesetter weighs more than all the rest

    return printed.write(outline(spec, files))


def _reading(spec: Spec, files: Sequence[BoardFile]) -> Reading:
    return Reading(spec, {file.id: file.board for file in files})


DOCUMENTS: Final[Mapping[str, Make]] = {
    "md": _markdown,
    "html": _page,
    "feature": _feature,
    "xlsx": _workbook,
    "docx": _word,
    "pdf": _printed,
}
