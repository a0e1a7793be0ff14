"""The Gherkin feature: French keywords for a French board, one scenario a touchpoint, no line that a note could add."""

import re

from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.gherkin import losses
from export.documents.samples import codes, sample

LINE = re.compile(
    r"# language: fr|#.*||Fonctionnalité: .*|  # .*|  @.*|  Scénario: RE-\d+ .*|    (?:Étant donné|Quand|Alors|Et) .*|    # .*"
)


def feature(name: str) -> str:
    file, spec = sample(name)
    return DOCUMENTS["feature"](spec, [file]).decode()


def test_a_french_board_gives_french_keywords_and_one_scenario_a_line() -> None:
    text = feature("demonstration")
    spec = sample("demonstration").spec
    assert text.startswith("# language: fr\n")
    assert text.count("\n  Scénario: ") == len(spec.scenarios) > 20
    assert all(f"@{one.code} " in text + " " for one in spec.scenarios)


def test_an_english_board_gives_english_keywords() -> None:
    text = feature("coworking-english")
    assert text.startswith("# language: en\n")
    assert "\nFeature: " in text
    assert "\n    Given " in text


def test_no_word_of_the_wall_begins_a_line_of_its_own() -> None:
    text = feature("hostile")
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert text.count("\n  Scénario: ") == len(sample("hostile").spec.scenarios)
    tags = [tag for line in text.splitlines() if line.startswith("  @") for tag in line.split()]
    assert [tag for tag in tags if not re.fullmatch(r"@[\w-]+", tag)] == []


def test_what_is_no_scenario_is_said_to_be_lost() -> None:
    spec = sample("demonstration").spec
    assert set(losses(spec)) == codes(spec) - {one.code for one in spec.scenarios}
