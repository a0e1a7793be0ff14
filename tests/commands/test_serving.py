"""The server as a person starts it: the lines it prints, the links it gives, how it stops and why it may not start."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from charniere import demo
from charniere.commands import _serving, serve
from charniere.domain import boardfile
from charniere.i18n import t
from charniere.opening import CannotStart
from charniere.settings import Settings
from charniere.store import schema

posix = pytest.mark.skipif(os.name != "posix", reason="signals")


@contextmanager
def started(
    command: str, data: Path, *options: str, until: str = "machine"
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The process and the lines it printed, up to the one that holds `until`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "charniere", command, "--port", "0", "--data", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CHARNIERE_LANG": "en"},
    )
    try:
        assert process.stdout
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line.strip())
            if until in line:
                break
        yield process, lines
    finally:
        process.kill()
        process.communicate()


def address(lines: list[str]) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+", lines[0])
    assert found, lines
    return found[0]


@posix
def test_it_says_where_it_is_that_only_this_machine_reaches_it_and_stops_when_asked(tmp_path: Path) -> None:
    with started("serve", tmp_path / "data") as (process, lines):
        base = address(lines)
        assert lines[1].startswith("Only this machine can open it.")
        assert httpx2.get(f"{base}/healthz").text == "ok\n"
        assert httpx2.get(f"{base}/readyz").text == "ready\n"
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        assert process.returncode in (0, -signal.SIGTERM)
        assert "Traceback" not in errors
        assert all(line.startswith("{") for line in errors.splitlines())


@posix
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_logged_with_its_reason_and_how_long_it_took_to_record_what_waited(
    tmp_path: Path, asked: signal.Signals
) -> None:
    with started("serve", tmp_path / "data") as (process, _):
        process.send_signal(asked)
        _, errors = process.communicate(timeout=20)
    told = [json.loads(line) for line in errors.splitlines() if line.startswith("{")]
    (stopping,) = [line for line in told if line["event"] == "stopping"]
    assert stopping["why"] == asked.name
    assert told[-1]["event"] == "stopped"
    assert 0 <= told[-1]["ms"] < 10_000


@posix
def test_it_takes_as_many_open_files_as_the_system_lets_it_have(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(_serving.FILES, before[1]) if before[1] != resource.RLIM_INFINITY else _serving.FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        _serving.open_more_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (wanted, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@posix
def test_each_start_of_the_demonstration_prints_a_new_link_that_works_once(tmp_path: Path) -> None:
    links = []
    for _ in range(2):
        with started("demo", tmp_path / "data", until="enter/") as (process, lines):
            link = lines[-1].split(" ")[-1]
            links.append(link.rsplit("/", 1)[1])
            with httpx2.Client() as browser:
                board = browser.get(link)
                assert (board.status_code, board.headers["location"]) == (303, "/b/demonstration")
                page = browser.get(address(lines) + "/b/demonstration").text
                assert '"role":"facilitator"' in page
                assert '"invitation":"http://127.0.0.1' in page
            assert httpx2.get(link).status_code == 410
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
    assert links[0] != links[1]


@posix
def test_a_board_file_becomes_a_live_board_and_is_not_put_back_over_what_it_became(tmp_path: Path) -> None:
    file = tmp_path / "board.json"
    file.write_bytes(boardfile.write(demo.load()))
    for said in ("is open", "was there already"):
        with started("serve", tmp_path / "data", "--board", str(file), until="enter/") as (process, lines):
            assert said in lines[-2]
            with httpx2.Client() as browser:
                board = browser.get(lines[-1].split(" ")[-1])
                assert board.headers["location"] == f"/b/{demo.load().id}"
                page = browser.get(address(lines) + board.headers["location"]).text
                assert "Mathilde" in page
                assert '"role":"facilitator"' in page
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)


def test_a_file_that_is_no_board_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "board.json"
    file.write_text("{}")
    asked = Namespace(
        host=None, port="0", data=str(tmp_path / "data"), public_url=None, lan=False, board=file
    )
    for _ in range(2):  # the folder is let go
        assert serve.run(asked) == 2
        assert f"Le fichier {file} n’est pas un tableau lisible" in capsys.readouterr().err


def test_a_port_in_use_is_said_with_another_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        asked = Namespace(host=None, port=str(port), data=str(tmp_path / "data"), public_url=None, lan=False)
        assert _serving.run(asked, lambda settings, opened: pytest.fail("it must not start")) == 2
    said = capsys.readouterr().err
    assert f"Le port {port} est déjà pris" in said
    assert f"--port {port + 1}" in said
    assert not (tmp_path / "data").exists()


def test_a_bad_setting_is_said_and_nothing_is_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Namespace(host=None, port="eighty", data=str(tmp_path / "data"), public_url=None, lan=False)
    assert _serving.run(asked, lambda settings, opened: pytest.fail("it must not start")) == 2
    assert "CHARNIERE_PORT" in capsys.readouterr().err


def test_an_address_of_another_machine_cannot_be_listened_to() -> None:
    with pytest.raises(CannotStart, match=r"192\.0\.2\.1"):
        _serving.listen("192.0.2.1", 0)


def test_on_the_lan_links_begin_with_the_machine_s_address_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_serving, "lan_hosts", lambda: ["192.168.1.7", "10.0.0.3"])
    chosen = Settings(host="0.0.0.0", lang="fr")
    here, network = _serving.addresses(chosen, 8000)
    assert (here, network) == ("http://127.0.0.1:8000", ["http://192.168.1.7:8000", "http://10.0.0.3:8000"])
    lines = _serving.told(chosen, here, network)
    assert lines[1] == t("fr", "start.also", url="http://192.168.1.7:8000")
    assert t("fr", "start.only_here") not in lines


@pytest.mark.parametrize(
    ("host", "here", "network"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", []),
        ("::1", "http://[::1]:8000", []),
        ("localhost", "http://localhost:8000", []),
        ("192.168.1.7", "http://192.168.1.7:8000", ["http://192.168.1.7:8000"]),
    ],
)
def test_who_can_reach_an_address_is_told_from_it(host: str, here: str, network: list[str]) -> None:
    assert _serving.addresses(Settings(host=host), 8000) == (here, network)


def test_a_public_address_is_the_one_that_is_told() -> None:
    chosen = Settings(public_url="https://parcours.exemple.fr")
    assert _serving.told(chosen, "http://127.0.0.1:8000", []) == [
        t("fr", "start.open", url="https://parcours.exemple.fr")
    ]


def test_this_machine_s_addresses_are_never_its_own_loop() -> None:
    assert not [host for host in _serving.lan_hosts() if host.startswith("127.")]


@posix
def test_migrate_brings_the_database_up_to_date_and_stops(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "charniere", "migrate", "--data", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "CHARNIERE_LANG": "en"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The database is up to date ({schema.head()}).\n"
    assert (tmp_path / "data" / "charniere.db").is_file()
