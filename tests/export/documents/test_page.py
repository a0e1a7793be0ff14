"""The HTML document: one file, no script, no address outside, words that stay words."""

from charniere.export.documents.formats import DOCUMENTS
from export.documents.readers import page
from export.documents.samples import HOSTILE, sample


def test_the_page_runs_nothing_and_calls_nobody() -> None:
    file, spec = sample("hostile")
    read = page(DOCUMENTS["html"](spec, [file]))
    assert {"script", "link", "img", "iframe", "form", "base"} & set(read.tags) == set()
    assert [address for address in read.addresses if not address.startswith("#")] == []


def test_words_of_the_wall_are_words_of_the_page() -> None:
    file, spec = sample("hostile")
    words = "".join(page(DOCUMENTS["html"](spec, [file])).words)
    for attack in HOSTILE[:5]:
        assert attack in words


def test_every_link_of_the_contents_leads_to_a_chapter() -> None:
    file, spec = sample("demonstration")
    data = DOCUMENTS["html"](spec, [file])
    text = data.decode()
    links = [address for address in page(data).addresses if address.startswith("#")]
    assert len(links) > 15
    assert [link for link in links if f'id="{link[1:]}"' not in text] == []
