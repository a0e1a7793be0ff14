"""The edition on a document: which version, who froze it, who approved it, a logo that cannot break anything."""

import io
import random
import zipfile
from datetime import UTC, datetime
from typing import Final

import pytest
from msgspec.structs import replace

from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.logo import drawable
from charniere.export.documents.outline import outline
from charniere.spec.edition import DRAFT, Approval, Edition, Logo
from export.documents.editions import BROKEN, FROZEN, JPEG, chunk, png
from export.documents.readers import POPPLER, READERS, flat
from export.documents.samples import HOSTILE, sample

READ: Final = [
    pytest.param(
        form, marks=pytest.mark.skipif(form == "pdf" and not POPPLER, reason="pdftotext is not installed")
    )
    for form in DOCUMENTS
]
PICTURED: Final = ("html", "xlsx", "docx", "pdf")


def made(form: str, edition: Edition, name: str = "demonstration") -> bytes:
    file, spec = sample(name)
    return DOCUMENTS[form](spec, [file], edition)


def read(form: str, edition: Edition) -> str:
    return flat(READERS[form](made(form, edition)))


@pytest.mark.parametrize("form", READ)
def test_a_frozen_version_says_its_number_its_day_its_author_and_its_digest(form: str) -> None:
    text = read(form, FROZEN)
    for words in ("Version 2 figée le 21 novembre 2026 par Claire Vidal", FROZEN.digest, FROZEN.note):
        assert flat(words) in text
    assert "rouillon" not in text


@pytest.mark.parametrize("form", READ)
def test_who_approved_is_named_with_the_team_the_role_and_the_day(form: str) -> None:
    text = read(form, FROZEN)
    for one in FROZEN.approvals:
        assert all(words in text for words in (one.team, one.name, one.role))
    assert "20 novembre 2026" in text


@pytest.mark.parametrize("form", READ)
def test_a_draft_says_that_it_is_one(form: str) -> None:
    text = read(form, replace(DRAFT, number=3))
    assert "Brouillon de la version 3" in text
    assert "figée" not in text


def test_a_team_that_has_not_approved_has_a_line_to_sign() -> None:
    file, spec = sample("demonstration")
    rows = outline(spec, [file], FROZEN).release.approvals.rows
    signed = {one.team for one in FROZEN.approvals}
    teams = file.board.info.teams
    assert signed <= set(teams)
    assert [row[0] for row in rows if not any(row[1:])] == [one for one in teams if one not in signed]
    assert len(rows) == len(teams)


def test_without_teams_those_who_usually_sign_have_a_line() -> None:
    file, spec = sample("demonstration")
    alone = replace(file, records=tuple(replace(r, teams=()) if r.id == "board" else r for r in file.records))
    rows = outline(spec, [alone]).release.approvals.rows
    assert [row[0] for row in rows] == ["Maîtrise d’ouvrage", "Direction métier", "DSI"]


def test_a_version_frozen_in_the_evening_is_of_that_day_where_the_project_is() -> None:
    file, spec = sample("demonstration")
    for hour, minute, day in ((21, 30, "21 novembre"), (23, 30, "22 novembre")):  # Paris is an hour ahead
        at = datetime(2026, 11, 21, hour, minute, tzinfo=UTC)
        evening = replace(FROZEN, at=int(at.timestamp() * 1000))
        assert day in outline(spec, [file], evening).release.title


@pytest.mark.parametrize("form", DOCUMENTS)
def test_the_same_edition_gives_the_same_bytes(form: str) -> None:
    assert made(form, FROZEN) == made(form, FROZEN)


def test_the_logo_is_in_the_documents_that_can_show_it() -> None:
    packed = {form: zipfile.ZipFile(io.BytesIO(made(form, FROZEN))) for form in ("docx", "xlsx")}
    assert "word/media/logo.png" in packed["docx"].namelist()
    assert any(name.startswith("xl/media/") for name in packed["xlsx"].namelist())
    assert b"data:image/png;base64," in made("html", FROZEN)
    assert b"/Subtype /Image" in made("pdf", FROZEN) or b"/Subtype/Image" in made("pdf", FROZEN)


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_logo_is_left_out_of_every_document(kind: str) -> None:
    assert drawable(BROKEN[kind]) is None


@pytest.mark.parametrize("form", PICTURED)
def test_a_document_whose_logo_is_left_out_is_as_if_there_was_none(form: str) -> None:
    spoiled = replace(FROZEN, logo=BROKEN["cut short"])
    assert made(form, spoiled) == made(form, replace(FROZEN, logo=None))


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_logo_that_only_looks_sound_breaks_no_document(form: str) -> None:
    lure = Logo(media_type="image/jpeg", data=JPEG[:-6] + b"\x00" * 40 + b"\xff\xd9")
    assert drawable(lure) is not None
    assert READERS[form](made(form, replace(FROZEN, logo=lure))) if POPPLER or form != "pdf" else True


def test_a_logo_is_kept_without_what_is_not_its_picture() -> None:
    noisy = png(extra=chunk(b"tEXt", b"Comment\0secret") + chunk(b"iCCP", b"x\0\0junk"))
    kept = drawable(Logo(media_type="image/png", data=noisy))
    assert kept is not None
    assert kept.data == png()
    assert (kept.width, kept.height) == (40, 10)
    photo = drawable(Logo(media_type="image/jpeg", data=JPEG))
    assert photo is not None
    assert (photo.width, photo.height) == (8, 8)


def test_spoiled_bytes_never_raise() -> None:
    chance = random.Random(7)
    for data, media_type in ((png(), "image/png"), (JPEG, "image/jpeg")):
        for _ in range(600):
            spoiled = bytearray(data)
            for _ in range(chance.randrange(1, 5)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            cut = chance.randrange(len(spoiled)) if chance.random() < 0.3 else len(spoiled)
            drawable(
                Logo(
                    media_type="image/png" if media_type == "image/png" else "image/jpeg",
                    data=bytes(spoiled[:cut]),
                )
            )


@pytest.mark.parametrize("form", READ)
def test_hostile_words_of_an_edition_stay_words(form: str) -> None:
    attacks = tuple(
        Approval(name=attack, role=attack, team=attack, day="2026-11-21") for attack in (*HOSTILE, "\ud800x")
    )
    hostile = replace(FROZEN, author=HOSTILE[1], note=HOSTILE[2], digest=HOSTILE[0], approvals=attacks)
    text = read(form, hostile)
    assert HOSTILE[1] in text
    assert HOSTILE[2] in text
    if form == "feature":
        assert text.count("Scénario: ") == read(form, FROZEN).count("Scénario: ")
