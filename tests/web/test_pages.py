"""Every page: its headers, its words in both languages, what it never holds."""

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from charniere.domain.rights import Role
from charniere.store import documents, projects
from web.house import BOARD, NOTES, START, House, bootstrap_of, house

CLOSED = "/i/" + "x" * 32
PAGES = ("/", "/privacy", "/nothing-here", CLOSED, f"/b/{BOARD}", "/i/…", "/api/openapi.json", "/icon.svg")


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def path_of(made: House, page: str) -> str:
    return made.invitation() if page == "/i/…" else page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["anonymous", "facilitator"])
async def test_every_answer_is_armoured(page: str, role: str, tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        headers = (await (await made.as_role(role)).get(path_of(made, page))).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["script-src"] == policy["style-src"] == policy["font-src"] == "'self'"
        assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert policy["img-src"] == "'self' data:"
        assert policy["connect-src"] == "'self' ws://wall.test"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] in ("no-referrer", "same-origin")
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers
        if page != "/icon.svg":
            assert headers["cache-control"] == "no-store"


async def test_https_adds_what_only_https_can_keep(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        headers = (await made.browser(base="https://wall.test").get("/")).headers
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "connect-src 'self' wss://wall.test;" in headers["content-security-policy"]


async def test_a_host_header_that_is_no_host_goes_nowhere(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        bad = "evil.test; script-src *"
        headers = (await made.browser().get("/", headers={"Host": bad})).headers
        assert "evil" not in headers["content-security-policy"]


@pytest.mark.parametrize("page", [p for p in PAGES if not p.endswith((".json", ".svg"))])
async def test_no_page_holds_a_style_a_script_or_an_address_of_elsewhere(
    page: str, tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        text = (await (await made.as_role("facilitator")).get(path_of(made, page))).text
        for tag, attributes in Tags(text).found:
            assert "style" not in attributes
            assert tag != "style"
            assert not [name for name in attributes if name.startswith("on")]
            if tag == "script":
                assert attributes.get("src") or attributes.get("type") == "application/json"
            for name in ("src", "href", "action"):
                assert (attributes.get(name) or "/").startswith(("/", "#"))


@pytest.mark.parametrize("page", [p for p in PAGES if not p.endswith((".json", ".svg"))])
async def test_every_page_speaks_the_readers_language(page: str, tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant") if "/b/" in page else made.browser()
        french = (await client.get(path_of(made, page))).text
        english = (await client.get(path_of(made, page), headers={"Accept-Language": "en-GB,en;q=0.9"})).text
        assert '<html lang="fr">' in french
        assert '<html lang="en">' in english
        assert french != english


async def test_a_language_once_chosen_is_kept_whatever_the_browser_says(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        client = made.browser()
        answer = await client.post("/language", data={"lang": "en", "next": "/privacy"})
        assert answer.headers["location"] == "/privacy"
        assert "Your data" in (await client.get("/privacy")).text


@pytest.mark.parametrize(
    "path", ["//evil.test", "/\\evil.test", "https://evil.test", "evil", "/a\r\nX: y", ""]
)
async def test_choosing_a_language_never_leads_to_another_site(
    path: str, tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        answer = await made.browser().post("/language", data={"lang": "en", "next": path})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_home_shows_ones_boards_with_what_is_on_them(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        page = (await (await made.as_role("observer")).get("/")).text
        assert "Mes tableaux" in page
        assert "Logivia" in page
        assert f'href="/b/{BOARD}"' in page
        assert f"{NOTES} notes" in page
        assert "18 participants" in page
        assert page.count('<b class="k-') == NOTES
        assert "board-two" not in page


async def test_a_board_that_cannot_be_read_is_said_to_be_so_never_shown_empty(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:

        def work(c: projects.Connection) -> None:
            projects.add_board(c, "broken", f"project-{BOARD}", START)
            documents.create(c, "broken", "board", [])

        made.opened.database.write_now(work)
        made.person("anna", "Anna", Role.facilitator, "broken")
        client = await made.signed_in("anna", "broken")
        answer = await client.get("/b/broken")
        assert answer.status_code == 500
        assert "ne peut pas être lu" in answer.text
        assert re.search(r"Code [0-9A-F]{4}", answer.text)
        assert "ne peut pas être lu" in (await client.get("/")).text
        assert (await client.get("/api/boards/broken")).json() == {"code": "unreadable", "detail": {}}


async def test_the_board_page_carries_all_that_its_script_needs(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        boss, guest = await made.as_role("facilitator"), await made.as_role("participant")
        link = made.invitation()
        seen = msgspec.json.decode(bootstrap_of((await boss.get(f"/b/{BOARD}")).text))
        assert seen["invitation"] == f"http://wall.test{link}"
        assert (seen["board"], seen["role"], seen["lang"]) == (BOARD, "facilitator", "fr")
        assert seen["persona"]["name"] == "Claire"
        assert seen["project"]["client"] == "Logivia"
        assert sum(record["type"] == "note" for record in seen["welcome"]["snapshot"]) == NOTES
        assert {person["name"] for person in seen["welcome"]["people"]} == {"Facilitator", "Participant"}
        assert "invitation" not in msgspec.json.decode(bootstrap_of((await guest.get(f"/b/{BOARD}")).text))


async def test_links_to_send_around_begin_with_the_public_address(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template, public_url="https://parcours.exemple.fr") as made:
        made.invitation()
        page = (await (await made.as_role("facilitator")).get(f"/b/{BOARD}")).text
        link = msgspec.json.decode(bootstrap_of(page))["invitation"]
        assert link.startswith("https://parcours.exemple.fr/i/")


async def test_the_controller_is_named_where_personal_data_are_spoken_of(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template, controller="Logivia & fils") as made:
        assert "Logivia &amp; fils a installé ce serveur" in (await made.browser().get("/privacy")).text
        assert "Hébergé par Logivia &amp; fils." in (await made.browser().get(made.invitation())).text


async def test_head_says_what_get_would_say(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        for path in ("/", "/privacy", "/healthz", f"/b/{BOARD}", f"/b/{BOARD}/download/notes.csv"):
            assert (await client.head(path)).status_code == (await client.get(path)).status_code == 200, path
        assert (await client.head("/b/nothing")).status_code == 404
