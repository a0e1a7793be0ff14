"""Which documents can be made, and how: the specification, its boards and the edition that it is in, bytes out."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from charniere.domain.boardfile import BoardFile
from charniere.export.documents import gherkin, markdown, page, workbook
from charniere.export.documents.outline import outline
from charniere.export.documents.release import release
from charniere.export.documents.words import Reading
from charniere.spec.edition import DRAFT, Edition
from charniere.spec.model import Spec


class Make(Protocol):
    """A maker of documents. The same arguments give the same bytes."""

    def __call__(self, spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes: ...


def _markdown(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes:
    return markdown.write(outline(spec, files, edition))


def _page(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes:
    return page.write(outline(spec, files, edition))


def _feature(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes:
    reading = Reading(spec, files)
    return gherkin.write(reading, release(reading, edition))


def _workbook(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes:
    reading = Reading(spec, files)
    return workbook.write(reading, release(reading, edition))


def _word(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes:
    from charniere.export.documents import word  # a heavy library, and few ask for it

    return word.write(outline(spec, files, edition))


def _printed(spec: Spec, files: Sequence[BoardFile], edition: Edition = DRAFT) -> bytes:
    from charniere.export.documents import printed  # the typesetter weighs more than all the rest

    return printed.write(outline(spec, files, edition))


DOCUMENTS: Final[Mapping[str, Make]] = {
    "md": _markdown,
    "html": _page,
    "feature": _feature,
    "xlsx": _workbook,
    "docx": _word,
    "pdf": _printed,
}
