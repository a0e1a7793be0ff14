"""Coming in: an invitation, a one-time link, and the same person again."""

import re
from pathlib import Path

import msgspec
import pytest

from charniere.access.sessions import DAY, IDLE, LONGEST
from charniere.domain.rights import Role
from charniere.store import people
from web.house import BOARD, OTHER, TEAMS, bootstrap_of, house

ZOE = {"name": " Zoé\u00a0 Martin ", "team": "Support"}


async def test_a_first_name_and_a_team_are_enough_to_be_on_the_board(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        guest, link = made.browser(), made.invitation()
        page = await guest.get(link)
        assert "Parcours de Claire board-one" in page.text
        assert "atelier du 6 octobre 2026" in page.text
        assert all(team in page.text for team in TEAMS)
        entered = await guest.post(link, data=ZOE)
        assert (entered.status_code, entered.headers["location"]) == (303, f"/b/{BOARD}")
        you = msgspec.json.decode(bootstrap_of((await guest.get(f"/b/{BOARD}")).text))["welcome"]["you"]
        assert (you["name"], you["team"]) == ("Zoé Martin", "Support")
        named = made.opened.database.read_now(lambda c: people.members(c, BOARD))
        assert [(n.name, n.team, n.role) for n in named] == [("Zoé Martin", "Support", Role.participant)]


async def test_the_same_browser_is_the_same_person_and_goes_straight_to_the_board(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        guest, link = made.browser(), made.invitation()
        await guest.post(link, data=ZOE)
        again = await guest.get(link)
        assert (again.status_code, again.headers["location"]) == (303, f"/b/{BOARD}")
        await guest.post(link, data={"name": "Zoé M.", "team": "Support"})
        assert len(made.opened.database.read_now(lambda c: people.members(c, BOARD))) == 1


async def test_a_person_invited_to_a_second_board_is_not_asked_to_be_somebody_else(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        guest = made.browser()
        await guest.post(made.invitation(), data=ZOE)
        link = made.invitation(board=OTHER)
        assert 'value="Zoé Martin"' in (await guest.get(link)).text
        await guest.post(link, data=ZOE)
        both = [made.opened.database.read_now(lambda c, b=b: people.members(c, b)) for b in (BOARD, OTHER)]
        assert both[0][0].id == both[1][0].id


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "  ", "team": "Support"}, "Écrivez votre prénom."),
        ({"name": "\u200b\u0007", "team": "Support"}, "Écrivez votre prénom."),
        ({"name": "Z" * 61, "team": "Support"}, "60 caractères"),
        ({"name": "Zoé"}, "Choisissez votre équipe."),
        ({"name": "Zoé", "team": "other", "other_team": " "}, "Écrivez le nom de votre équipe."),
        ({"name": "Zoé", "team": "Unknown"}, "Choisissez votre équipe."),
        ({"name": "Zoé", "team": "other", "other_team": "É" * 61}, "60 caractères"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    form: dict[str, str], sentence: str, tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        guest = made.browser()
        answer = await guest.post(made.invitation(), data=form)
        assert answer.status_code == 422
        assert sentence in answer.text.replace("\u202f", " ")
        if form["name"].startswith("Z"):
            assert f'value="{form["name"]}"' in answer.text
        assert made.opened.database.read_now(lambda c: people.members(c, BOARD)) == []


async def test_another_team_than_those_of_the_board_can_be_written(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        form = {"name": "Zoé", "team": "other", "other_team": "Après-vente"}
        assert (await made.browser().post(made.invitation(), data=form)).status_code == 303
        assert made.opened.database.read_now(lambda c: people.members(c, BOARD))[0].team == "Après-vente"


async def test_a_name_is_shown_as_it_was_written_never_as_markup(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        guest, name = made.browser(), "</script><b>Zoé & co</b>"
        page = await guest.post(made.invitation(), data={"name": name})
        assert "<b>Zoé" not in page.text
        await guest.post(made.invitation(), data={"name": name, "team": "Support"})
        board = (await guest.get(f"/b/{BOARD}")).text
        assert board.count("</script>") == 1 + board.count('<script type="module"')
        assert msgspec.json.decode(bootstrap_of(board))["welcome"]["you"]["name"] == name


async def test_a_revoked_invitation_and_one_that_never_was_get_the_same_answer(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        boss = await made.as_role("facilitator")
        made_one = (await boss.post(f"/api/boards/{BOARD}/invitations", json={"role": "observer"})).json()
        path = made_one["url"].removeprefix("http://wall.test")
        assert (await made.browser().get(path)).status_code == 200
        await boss.delete(f"/api/boards/{BOARD}/invitations/{made_one['id']}")
        revoked = await made.browser().get(path)
        unknown = await made.browser().get("/i/" + "x" * 32)
        short = await made.browser().get("/i/x")
        assert {revoked.status_code, unknown.status_code, short.status_code} == {410}
        assert revoked.text == unknown.text == short.text
        assert (await made.browser().post(path, data=ZOE)).status_code == 410


async def test_who_is_in_goes_back_to_the_board_by_a_revoked_link_and_gets_no_more_by_it(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        boss, guest = await made.as_role("facilitator"), made.browser()
        made_one = (await boss.post(f"/api/boards/{BOARD}/invitations", json={"role": "facilitator"})).json()
        path = made_one["url"].removeprefix("http://wall.test")
        plain = made.invitation(Role.participant)
        await guest.post(plain, data=ZOE)
        await boss.delete(f"/api/boards/{BOARD}/invitations/{made_one['id']}")
        back = await guest.get(path)
        assert (back.status_code, back.headers["location"]) == (303, f"/b/{BOARD}")
        assert (await guest.post(path, data=ZOE)).status_code == 410
        roles = [m.role for m in made.opened.database.read_now(lambda c: people.members(c, BOARD))]
        assert sorted(roles) == [Role.facilitator, Role.participant]


async def test_a_link_may_raise_a_role_and_never_lowers_it(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        guest = made.browser()
        roles = []
        for role in (Role.observer, Role.participant, Role.facilitator, Role.participant, Role.observer):
            link = made.invitation(role)
            await guest.get(link)
            await guest.post(link, data=ZOE)
            roles += [n.role for n in made.opened.database.read_now(lambda c: people.members(c, BOARD))]
        assert roles == [Role.observer, Role.participant, *[Role.facilitator] * 3]


async def test_a_one_time_link_lets_one_browser_in(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        made.person("anna", "Anna", Role.facilitator)
        first, second, link = made.browser(), made.browser(), made.entry("anna")
        assert (await first.get(link)).headers["location"] == f"/b/{BOARD}"
        assert (await second.get(link)).status_code == 410
        assert (await first.get(link)).status_code == 303  # the same person opens it again
        assert (await second.get(f"/b/{BOARD}")).status_code == 401


async def test_a_one_time_link_is_not_used_up_by_a_browser_that_only_guesses(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        made.person("anna", "Anna", Role.facilitator)
        browser, link = made.browser(), made.entry("anna")
        guessed = await browser.get(link, headers={"Sec-Purpose": "prefetch;prerender"})
        assert guessed.status_code == 204
        assert (await browser.head(link)).status_code == 405
        assert (await browser.get(link)).status_code == 303


async def test_a_one_time_link_is_over_after_a_day(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        made.person("anna", "Anna", Role.facilitator)
        link = made.entry("anna")
        made.now += DAY + 1
        assert (await made.browser().get(link)).status_code == 410


async def test_links_are_not_guessed_faster_than_ten_a_minute(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        link = made.invitation()
        guesser, elsewhere = made.browser("203.0.113.9"), made.browser("203.0.113.10")
        seen = [(await guesser.get(f"/i/{'x' * 31}{n}")).status_code for n in range(10)]
        seen += [(await guesser.get(f"/enter/{'x' * 32}")).status_code, (await guesser.get(link)).status_code]
        assert seen == [410] * 10 + [429] * 2
        assert (await elsewhere.get(link)).status_code == 200
        made.now += 61_000
        assert (await guesser.get(link)).status_code == 200


async def test_one_invitation_does_not_let_a_flood_of_people_in(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template, joins=3) as made:
        link = made.invitation()
        got = [(await made.browser(f"203.0.113.{n}").post(link, data=ZOE)).status_code for n in range(4)]
        assert got == [303, 303, 303, 429]


async def test_a_sign_in_lasts_while_it_is_used_and_ninety_days_at_most(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        busy, idle = await made.as_role("participant"), await made.as_role("observer")
        for _ in range(3):
            made.now += IDLE - DAY
            assert (await busy.get(f"/b/{BOARD}")).status_code == 200
        assert (await idle.get(f"/b/{BOARD}")).status_code == 401
        made.now += LONGEST - 3 * (IDLE - DAY)
        assert (await busy.get(f"/b/{BOARD}")).status_code == 401


async def test_leaving_ends_the_sign_in_on_the_server_too(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        guest = await made.as_role("participant")
        cookies = dict(guest.cookies)
        assert (await guest.post("/leave", data={"x": ""})).headers["location"] == "/"
        guest.cookies.update(cookies)
        assert (await guest.get(f"/b/{BOARD}")).status_code == 401


async def test_signing_in_gives_a_new_token_and_ends_the_one_before(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        for name in ("anna", "bruno"):
            made.person(name, name.title(), Role.facilitator)
        browser = await made.signed_in("anna")
        before = dict(browser.cookies)
        await browser.get(made.entry("bruno"))
        after = dict(browser.cookies)
        assert before != after
        browser.cookies.clear()
        browser.cookies.update(before)
        assert (await browser.get(f"/b/{BOARD}")).status_code == 401


async def test_the_cookie_is_out_of_reach_of_scripts_and_bound_to_https_where_there_is_one(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        plain = (await made.browser().post(made.invitation(), data=ZOE)).headers["set-cookie"]
        assert plain.startswith("charniere=")
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(plain.split("; "))
        assert "Secure" not in plain
        secure = made.browser(base="https://wall.test")
        answer = await secure.post(made.invitation(), data=ZOE)
        assert answer.headers["set-cookie"].startswith("__Host-charniere=")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(
            answer.headers["set-cookie"].split("; ")
        )
        assert "Domain" not in answer.headers["set-cookie"]
        assert (await secure.get(f"/b/{BOARD}")).status_code == 200


async def test_no_token_is_kept_in_the_database_as_it_is(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        link = made.invitation()
        guest = made.browser()
        await guest.post(link, data=ZOE)
        made.opened.database.write_now(lambda c: None)
        files = b"".join(file.read_bytes() for file in made.settings.data.glob("charniere.db*"))
        assert link.rsplit("/", 1)[1].encode() not in files
        assert guest.cookies["charniere"].encode() not in files
        assert b"Martin" in files


async def test_a_tab_that_is_open_gets_the_role_that_another_link_gave(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        told = []
        made.app.state.charniere.hub.restand = lambda *given: told.append(given)
        guest = await made.as_role("observer")
        await guest.get(made.invitation(Role.participant))
        ((_, board, standing),) = told
        assert (board, standing.role) == (BOARD, Role.participant)


async def test_a_form_sent_twice_makes_one_person_and_is_not_a_key_to_come_back(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        link = made.invitation()
        key = re.search(r'name="key" value="([^"]{32})"', (await made.browser().get(link)).text)
        assert key
        for _ in range(2):  # two answers to one double click: neither had a cookie yet
            assert (await made.browser().post(link, data=ZOE | {"key": key[1]})).status_code == 303
        assert len(made.opened.database.read_now(lambda c: people.members(c, BOARD))) == 1
        assert f'value="{key[1]}"' in (await made.browser().post(link, data={"key": key[1]})).text
        made.now += 5 * 60_000
        late = await made.browser().post(link, data=ZOE | {"key": key[1]})
        assert (late.status_code, late.headers.get("set-cookie")) == (400, None)
        assert (await made.browser().post(link, data=ZOE)).status_code == 303
        assert len(made.opened.database.read_now(lambda c: people.members(c, BOARD))) == 2
