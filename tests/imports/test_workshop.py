"""A spreadsheet becomes a board: everything on it, everything odd said."""

from pathlib import Path

import pytest

from charniere.domain import boardfile, limits
from charniere.domain.board import Board, Due, Kind, LinkKind, Note, cell
from charniere.errors import Code, Refused
from charniere.imports.report import Imported
from charniere.imports.workshop import read

HEADER = "ref;étape;canal;type;texte;émotion;moment_de_vérité;votes;responsable;équipe;échéance;impact;effort;lié_à;objet_crm"


def imported(*rows: str, header: str = HEADER, companion: str | None = None) -> Imported:
    told = companion.encode() if companion is not None else None
    return read("\r\n".join([header, *rows]).encode("utf-8-sig"), told, name="essai")


def board(result: Imported) -> Board:
    return result.file.board


def note(result: Imported, ref: str) -> Note:
    return next(n for n in board(result).notes.values() if n.ref == ref)


def codes(result: Imported) -> list[tuple[int, str]]:
    """What is said of the reading; what is said of the workshop itself is in test_review."""
    return [(oddity.row, oddity.code) for oddity in result.oddities if oddity.level != "look"]


def test_a_full_row_becomes_a_note_with_all_its_fields() -> None:
    result = imported(
        "A1;Découverte;Site web;action;Rappeler sous 48 h;-1;x;7;Léa;Ventes;31/03/2027;5;2;A2;Opportunité",
        "A2;Découverte;Site web;Irritant;On ne me rappelle pas;;;;;;;;;;",
    )
    action = note(result, "A1")
    assert (action.kind, action.text, action.emotion, action.moment_of_truth) == (
        Kind.action,
        "Rappeler sous 48 h",
        -1,
        True,
    )
    assert (action.votes, action.owner, action.team, action.impact, action.effort) == (
        7,
        "Léa",
        "Ventes",
        5,
        2,
    )
    assert action.due == Due("31/03/2027", "2027-03-31")
    assert action.crm_object == "opportunity"
    assert [(link.kind, link.source, link.target) for link in board(result).links.values()] == [
        (LinkKind.resolves, action.id, note(result, "A2").id)
    ]
    assert codes(result) == []


def test_empty_votes_are_not_zero_votes() -> None:
    result = imported("1;E;C;irritant;a;;;;;;;;;;", "2;E;C;irritant;b;;;0;;;;;;;")
    assert note(result, "1").votes is None
    assert note(result, "2").votes == 0


def test_cells_that_no_field_can_hold_stay_with_the_note_and_are_said() -> None:
    result = imported("1;E;C;truc;a;bof;peut-être;beaucoup;;;un jour;7;cher;99;Machin")
    kept = note(result, "1")
    assert kept.imported == {
        "type": "truc",
        "émotion": "bof",
        "moment_de_vérité": "peut-être",
        "votes": "beaucoup",
        "impact": "7",
        "effort": "cher",
        "lié_à": "99",
    }
    assert kept.crm_object == "Machin"
    assert kept.due == Due("un jour")
    said = {code for _, code in codes(result)}
    assert said == {"kind_unknown", "cell_unread", "link_unknown", "crm_words", "due_words"}
    assert {row for row, _ in codes(result)} == {2}


def test_unknown_columns_are_kept_by_their_name() -> None:
    result = imported("1;E;C;irritant;a;terrain;z", header="ref;étape;canal;type;texte;d'où;")
    assert note(result, "1").imported == {"d'où": "terrain", "#7": "z"}
    assert codes(result) == [(0, "column_unknown")]


def test_a_cell_beyond_the_header_is_kept() -> None:
    result = imported("1;E;C;irritant;a;en trop", header="ref;étape;canal;type;texte")
    assert note(result, "1").imported == {"#6": "en trop"}


def test_english_headers_and_words_are_read() -> None:
    result = imported(
        "1;Usage;Web;Touch point;I call;yes;2;Alex;4",
        header="Reference;Stage;Channel;Kind;Text;Moment of truth;Votes;Owner;Impact",
    )
    read_note = note(result, "1")
    assert (read_note.kind, read_note.moment_of_truth, read_note.owner, read_note.impact) == (
        Kind.touchpoint,
        True,
        "Alex",
        4,
    )


def test_headers_vary_in_accents_capitals_spaces_and_plural() -> None:
    result = imported("1;E;C;PDC;a;oui;2", header="REF.;Etapes;CANAL;Type;TEXTE;Moment de verite;Vote")
    assert (note(result, "1").moment_of_truth, note(result, "1").votes) == (True, 2)
    assert codes(result) == []


def test_a_missing_column_is_said_once_and_an_empty_cell_on_its_row() -> None:
    without = imported("E;C;a", "E;C;b", header="étape;canal;texte")
    assert codes(without) == [(0, "column_missing"), (0, "column_missing")]
    with_it = imported("E;C;irritant;a", "E;C;;b", header="étape;canal;type;texte")
    assert codes(with_it) == [(0, "column_missing"), (3, "kind_missing")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_delimiter_is_found(delimiter: str) -> None:
    text = 'ref;étape;canal;type;texte\n1;E;C;irritant;"un; deux, trois\n\tquatre | cinq"\n'.replace(
        ";", delimiter
    )
    text = text.replace(f"un{delimiter} deux", "un; deux").replace("deux" + delimiter, "deux,")
    result = read(text.encode())
    assert note(result, "1").text == "un; deux, trois\n\tquatre | cinq"


def test_a_first_line_naming_the_delimiter_is_taken_off() -> None:
    result = read(b"sep=,\r\nref,texte\r\n1,bonjour\r\n")
    assert note(result, "1").text == "bonjour"


def test_a_title_above_the_headers_is_said() -> None:
    result = read(b"Atelier du 6 octobre\n\nref;texte;type\n1;bonjour;irritant\n")
    assert note(result, "1").text == "bonjour"
    assert (1, "above_header") in codes(result)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32", b""),
        ("cp1252", b""),
        ("iso8859-15", b""),
        ("mac_roman", b""),
        ("cp850", b""),
    ],
)
def test_one_file_gives_the_same_notes_in_every_encoding(encoding: str, mark: bytes) -> None:
    rows = [
        "1;Évaluation;Téléphone;irritant;Être rappelé très tard, ça agace déjà beaucoup à l'accueil",
        "2;Décision;Agence;besoin;Où en est mon dossier, prévenez-moi s'il vous plaît",
    ]
    text = "\r\n".join(["ref;étape;canal;type;texte", *rows])
    plain = read(text.encode())
    assert read(mark + text.encode(encoding)).file == plain.file


def test_a_guessed_encoding_is_said() -> None:
    result = read("ref;étape;texte;type\n1;Évaluation;déjà;irritant".encode("cp1252"))
    assert (0, "encoding_guessed") in codes(result)


def test_null_characters_are_taken_out_and_said() -> None:
    result = read(b"ref;texte;type\n1;bon\0jour;irritant\n")
    assert note(result, "1").text == "bonjour"
    assert (0, "nul_removed") in codes(result)


def test_a_quote_never_closed_swallows_no_row() -> None:
    result = read(b'ref;texte;type\n1;"un;irritant\n2;deux;irritant\n3;trois;irritant\n')
    assert [n.text for n in board(result).notes.values()] == ['"un', "deux", "trois"]
    assert (0, "quote_open") in codes(result)


def test_a_text_up_to_the_limit_is_kept_whole_and_beyond_it_the_row_is_refused() -> None:
    long, longer = "a" * limits.TEXT_STORED, "b" * (limits.TEXT_STORED + 1)
    result = imported(f"1;E;C;irritant;{long};;;;;;;;;;", f"2;E;C;irritant;{longer};;;;;;;;;;")
    assert [n.text for n in board(result).notes.values()] == [long]
    assert (3, "text_too_long") in codes(result)
    assert result.refused == 1


def test_empty_notes_are_notes_and_blank_rows_are_not() -> None:
    result = imported("1;E;C;;;;;;;;;;;;", ";;;;;;;;;;;;;;", "", "2;E;C;irritant;b;;;;;;;;;;")
    assert sorted(n.ref for n in board(result).notes.values()) == ["1", "2"]
    assert (2, "text_empty") in codes(result)
    assert note(result, "2").number == 2
    assert result.rows == 2


def test_a_ref_given_twice_keeps_both_notes_and_links_go_to_the_first() -> None:
    result = imported(
        "1;E;C;irritant;premier;;;;;;;;;;", "1;E;C;irritant;second;;;;;;;;;;", "2;E;C;action;a;;;;;;;;;1;"
    )
    (link,) = board(result).links.values()
    assert board(result).notes[link.target].text == "premier"
    assert (3, "ref_twice") in codes(result)
    assert len(board(result).notes) == 3


@pytest.mark.parametrize("words", ["A,B", "A, B", "A;B", "A B", "a / b", "A\nB"])
def test_a_list_of_refs_is_read_in_every_usual_shape(words: str) -> None:
    result = imported(
        "A;E;C;irritant;x;;;;;;;;;;", "B;E;C;irritant;y;;;;;;;;;;", f'Z;E;C;action;z;;;;;;;;;"{words}";'
    )
    assert {link.target for link in board(result).links.values()} == {
        note(result, "A").id,
        note(result, "B").id,
    }
    assert codes(result) == []


def test_a_ref_with_spaces_and_commas_is_found_whole() -> None:
    result = imported("n° 1, bis;E;C;irritant;x;;;;;;;;;;", 'Z;E;C;action;z;;;;;;;;;"n° 1, bis";')
    assert len(board(result).links) == 1


def test_the_kind_of_a_row_says_what_its_link_means() -> None:
    result = imported(
        "A;E;C;PDC;x;;;;;;;;;;",
        "B;E;C;PDC;y;;;;;;;;;A;",
        "C;E;C;irritant;y;;;;;;;;;A;",
        "D;E;C;action;y;;;;;;;;;C;",
        "F;E;C;;y;;;;;;;;;A;",
    )
    kinds = {board(result).notes[link.source].ref: link.kind for link in board(result).links.values()}
    assert kinds == {"B": "leads_to", "C": "concerns", "D": "resolves", "F": "concerns"}


def test_a_note_is_not_linked_to_itself() -> None:
    result = imported("A;E;C;action;x;;;;;;;;;A;")
    assert not board(result).links
    assert note(result, "A").imported == {"lié_à": "A"}
    assert (2, "link_itself") in codes(result)


def test_without_a_companion_the_grid_comes_from_the_notes_in_order() -> None:
    result = imported(
        "1;Découverte;Web;irritant;a;;;;;;;;;;",
        "2;Zèbre;Agence;irritant;b;;;;;;;;;;",
        "3;decouverte;WEB;irritant;c;;;;;;;;;;",
    )
    value = board(result)
    assert [(s.name, s.archetype) for s in value.stages.values()] == [
        ("Découverte", "discovery"),
        ("Zèbre", None),
    ]
    assert [c.name for c in value.channels.values()] == ["Web", "Agence"]
    first = note(result, "1")
    assert [n.ref for n in cell(value, first.stage, first.channel)] == ["1", "3"]
    assert [code for code in codes(result) if code[0] == 4] == [(4, "stage_near"), (4, "channel_near")]


COMPANION = """
projet: {client: Vélos du Nord, atelier: {date: 2026-10-06}}
persona: {nom: Zoé, objectifs: [rouler]}
parcours: cible
stages: [{name: Découverte, archetype: discovery, kpis: [visites]}, {name: Décision}]
channels: [{name: Site web, mode: online, relation: direct}, Agence]
"""


def test_the_companion_brings_project_persona_journey_and_grid() -> None:
    result = imported("1;Découverte;Site web;irritant;a;;;;;;;;;;", companion=COMPANION)
    value, file = board(result), result.file
    assert (file.project.client, file.project.workshop) == ("Vélos du Nord", {"date": "2026-10-06"})
    assert (file.personas[0].name, file.personas[0].goals) == ("Zoé", ("rouler",))
    assert (value.info.journey, value.info.persona) == ("to_be", file.personas[0].id)
    assert [s.name for s in value.stages.values()] == ["Découverte", "Décision"]
    assert [(c.name, c.mode) for c in value.channels.values()] == [("Site web", "online"), ("Agence", None)]


def test_with_a_companion_a_near_name_is_placed_and_an_unknown_one_waits_with_its_word() -> None:
    result = imported(
        "1;Decouvrte;Site web;irritant;a;;;;;;;;;;",
        "2;Après-vente;Site web;irritant;b;;;;;;;;;;",
        companion=COMPANION,
    )
    assert note(result, "1").stage == next(iter(board(result).stages))
    assert (note(result, "2").stage, note(result, "2").imported) == (None, {"étape": "Après-vente"})
    assert codes(result) == [(2, "stage_near"), (3, "stage_unknown")]


@pytest.mark.parametrize(
    ("companion", "code"),
    [
        ("", "companion_no_stages"),
        ("stages: [{goal: x}]", "companion_no_name"),
        ("stages: [A, a]", "companion_name_twice"),
        ("stages: [{name: A, archetype: zut}]", "companion_word"),
        ("stages: [A]\ncouleur: bleu", "companion_unknown"),
        ("projet: rien", "companion_not_a_map"),
        ("vides: [{stage: A, canal: B}]\nstages: [C]\nchannels: [D]", "companion_gap"),
        ("persona: [{nom: A}, {nom: B}]", "companion_one_persona"),
    ],
)
def test_whatever_is_wrong_in_a_companion_is_said_and_the_notes_come_in(companion: str, code: str) -> None:
    result = imported("1;A;C;irritant;a;;;;;;;;;;", companion=companion)
    assert len(board(result).notes) == 1
    assert code in {oddity.code for oddity in result.oddities}


@pytest.mark.parametrize(
    "companion", ["a: [", "- &a [x]\n- *a", "[" * 60 + "]" * 60, "a: b: c", "\x00\x01\x02\x03"]
)
def test_a_companion_that_is_no_plain_yaml_is_refused(companion: str) -> None:
    with pytest.raises(Refused) as refusal:
        imported("1;A;C;irritant;a;;;;;;;;;;", companion=companion)
    assert refusal.value.code is Code.unreadable


def test_a_team_named_as_owner_is_a_team() -> None:
    result = imported("1;E;C;action;a;;;;DSI;DSI;;;;;", "2;E;C;action;b;;;;Léa;DSI;;;;;")
    assert (note(result, "1").owner, note(result, "1").team) == ("", "DSI")
    assert note(result, "1").imported == {"responsable": "DSI"}
    assert note(result, "2").owner == "Léa"
    assert codes(result) == [(2, "owner_is_team")]
    assert board(result).info.teams == ("DSI",)


def test_the_same_file_gives_the_same_bytes_and_a_file_that_reads_back() -> None:
    rows = ("1;Découverte;Site web;irritant;a;;;;;;;;;;", ";;;action;b 😀;;;;;;;;;1;")
    first, second = (boardfile.write(imported(*rows, companion=COMPANION).file) for _ in range(2))
    assert first == second
    assert boardfile.read(first).board == board(imported(*rows, companion=COMPANION))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"bonjour\n", "no_header"),
        (b"a;b;c\n1;2;3\n", "no_header"),
        (b"PK\x03\x04....", "workbook"),
        (b"%PDF-1.7", "not_text"),
        (b"\x00" * 500, "not_text"),
        (b"\xff\xfea", "damaged"),
    ],
)
def test_what_holds_no_notes_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(data)
    assert (refusal.value.code, refusal.value.detail["reason"]) == (Code.unreadable, reason)


def test_a_file_over_the_size_of_an_upload_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read(b"texte\n" + b"a" * limits.UPLOAD_BYTES)
    assert refusal.value.code is Code.too_large


def test_rows_over_the_number_of_notes_are_refused_and_said() -> None:
    result = read(("texte;type\n" + "a;irritant\n" * (limits.NOTES + 2)).encode())
    assert len(board(result).notes) == limits.NOTES
    assert result.refused == 2


@pytest.mark.parametrize(
    ("folder", "notes", "links", "odd"),
    [("editeur-saas-b2b", 135, 28, 7), ("industriel-sav", 103, 19, 5), ("mutuelle-contact", 95, 19, 3)],
)
def test_the_sample_workshops_come_in_whole(
    shared: Path, folder: str, notes: int, links: int, odd: int
) -> None:
    place = shared / "workshops" / folder
    result = read((place / "notes.csv").read_bytes(), (place / "workshop.yaml").read_bytes())
    value = board(result)
    assert (len(value.notes), len(value.links), result.refused) == (notes, links, 0)
    assert len(codes(result)) == odd, codes(result)


def test_a_row_that_names_very_many_refs_keeps_the_others_as_words() -> None:
    refs = [f"R{n}" for n in range(300)]
    result = imported(
        *(f"{r};E;C;irritant;x;;;;;;;;;;" for r in refs), f'Z;E;C;action;z;;;;;;;;;"{",".join(refs)}";'
    )
    assert len(board(result).links) == 200
    assert note(result, "Z").imported["lié_à"] == ",".join(refs[200:])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"texte;type\n" + b"a;b\n" * 300_001, "too_many_lines"),
        (b"texte;type\n" + b"a;" * 600_000, "line_too_long"),
        (b'texte;type\n"' + b"a\n" * 300_001, "too_many_lines"),
        (b"\xff" * 1_200_000, "line_too_long"),
    ],
)
def test_what_no_spreadsheet_of_notes_is_made_of_is_refused_at_once(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(data)
    assert refusal.value.detail["reason"] == reason
