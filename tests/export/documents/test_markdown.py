"""The Markdown document: words of the wall open no heading, no link, no table, no HTML."""

import re

from charniere.export.documents import markdown
from charniere.export.documents.formats import DOCUMENTS
from export.documents.samples import HOSTILE, sample


def test_marks_are_shown_as_they_were_typed() -> None:
    assert markdown.plain("# *a* [b](c) <i> | 1") == "\\# \\*a\\* \\[b\\](c) \\<i\\> \\| 1"
    assert markdown.plain("- liste\nsuite") == "\\- liste suite"
    assert markdown.plain("3. trois") == "3\\. trois"
    assert markdown.plain("Devis sous 48 h, 15 %") == "Devis sous 48 h, 15 %"


def test_words_of_the_wall_add_no_heading_no_cell_and_no_tag() -> None:
    hostile = sample("hostile")
    text = DOCUMENTS["md"](hostile.spec, [hostile.file]).decode()
    assert re.findall(r"(?<!\\)<(?!br>)[a-z/]", text) == []
    assert text.count("\n# ") == 0
    for table in re.findall(r"(?:^\|.*\|$\n)+", text, re.M):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert HOSTILE[0] in re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
