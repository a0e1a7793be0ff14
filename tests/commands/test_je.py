"""`charniere je`: one phrase, a stream of lines, refusals by rule."""

import io
import json

from charniere import cli
from charniere.commands import je
from charniere.phrasing import refusals


def test_a_phrase_gets_its_verdict_and_its_proposal_in_words(capsys):
    assert cli.main(["je", "S'inscrire à la newsletter"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Non")
    assert "Je m'inscris à la newsletter" in said


def test_each_line_is_answered_before_the_next_one_is_read():
    class Talk(io.BytesIO):
        flushed = 0

        def flush(self):
            self.flushed += 1

    answers = Talk()

    def lines():
        for number, line in enumerate(
            (b'{"phrase": "Je rempli", "lang": "fr"}\n', b'{"phrase": "To pay"}\n')
        ):
            assert answers.flushed == number
            yield line

    assert je.stream(lines(), answers, "en") == 0
    first, second = (json.loads(line) for line in answers.getvalue().splitlines())
    assert first == {"verdict": "almost", "suggestion": "Je remplis", "reason": "spelling"}
    assert second == {"verdict": "no", "suggestion": "I pay", "reason": "infinitive"}


def test_a_line_that_cannot_be_read_is_answered_and_the_rest_goes_on():
    answers = io.BytesIO()
    given = [
        b"{\n",
        b"\n",
        b"[1]\n",
        b'"x"\n',
        b'{"phrase": 3}\n',
        b'{"phrase": "\\ud800"}\n',
        b"\xff\n",
        b'{"phrase": "Je paie"}\n',
    ]
    assert je.stream(iter(given), answers, "fr") == 0
    verdicts = [json.loads(line)["reason"] for line in answers.getvalue().splitlines()]
    assert verdicts == ["unreadable"] * 6 + ["first_person"]


def test_refusals_are_counted_by_rule_without_any_text(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHARNIERE_DATA", str(tmp_path))
    refusals.record(tmp_path, "infinitive")
    refusals.record(tmp_path, "infinitive")
    refusals.record(tmp_path, "Je paie mon loyer")
    assert refusals.counts(tmp_path) == {"infinitive": 2}
    assert cli.main(["je", "--refused"]) == 0
    assert "2 refus" in capsys.readouterr().out


def test_a_damaged_count_is_no_reason_to_stop(tmp_path):
    (tmp_path / refusals.FILE).write_text("{", encoding="utf-8")
    assert refusals.counts(tmp_path) == {}
    refusals.record(tmp_path, "nominal")
    assert refusals.counts(tmp_path) == {"nominal": 1}


def test_nothing_asked_is_said(capsys):
    assert cli.main(["je"]) == 2
    assert capsys.readouterr().err
