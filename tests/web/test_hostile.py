"""Whatever is put in a path, a query, a header or a cookie: an answer in words or in JSON, never a fault of ours."""

from pathlib import Path
from urllib.parse import quote

import pytest

from web.house import BOARD, house

HOSTILE = (
    "../../etc/passwd",
    "..%2f..%2fsecret",
    "%00",
    "%ff%fe",
    "%ED%A0%BD",
    "%F0%9F%92%A5",
    "' OR 1=1 --",
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    "%0d%0aSet-Cookie:%20a=b",
    "a" * 3000,
    "-1",
    "99999999999999999999999999",
    "NaN",
    "null",
    ";",
    "*",
    "\\",
    "%252e%252e",
)
PATHS = (
    "/b/{x}",
    "/b/{x}/specification",
    f"/b/{BOARD}/download/{{x}}",
    "/i/{x}",
    "/enter/{x}",
    "/static/app/assets/{x}",
    "/api/boards/{x}",
    f"/api/boards/{BOARD}/log?since={{x}}",
    f"/api/boards/{BOARD}/log?limit={{x}}&limit=2",
    f"/api/boards/{BOARD}/invitations?x={{x}}",
    "/{x}",
)


@pytest.mark.parametrize("path", PATHS)
async def test_a_hostile_path_gets_a_plain_answer(path: str, tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template, wrong_links=10_000) as made:
        client = await made.as_role("facilitator")
        for text in HOSTILE:
            for asked in (text, quote(text, safe="")):
                answer = await client.get(path.replace("{x}", asked))
                assert answer.status_code in (200, 400, 404, 405, 410, 422), (asked, answer.status_code)
                assert "<script>alert" not in answer.text
                assert "49" not in answer.text or "{{7*7}}" not in asked
                if answer.url.path.startswith("/api/") and answer.status_code >= 400:
                    assert set(answer.json()) == {"code", "detail"}


@pytest.mark.parametrize(
    "header", ["Cookie", "Accept-Language", "Host", "Origin", "Content-Type", "X-Forwarded-For"]
)
async def test_a_hostile_header_gets_a_plain_answer(header: str, tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        for text in HOSTILE:
            value = f"charniere={text}; lang={text}" if header == "Cookie" else text
            for method, path in (("GET", "/"), ("GET", f"/b/{BOARD}"), ("POST", "/language")):
                answer = await made.browser().request(
                    method, path, headers={header: value}, content=b"lang=en"
                )
                assert answer.status_code in (200, 303, 400, 401, 403), (text, answer.status_code)
                assert "a=b" not in str(answer.headers)


async def test_headers_of_a_proxy_that_nobody_named_are_not_believed(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        link = made.invitation()
        headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "10.1.2.3",
            "X-Forwarded-Host": "evil.test",
        }
        answer = await made.browser().get(link, headers=headers)
        assert "strict-transport-security" not in answer.headers
        assert "evil.test" not in str(answer.headers) + answer.text
        guesser = made.browser()
        for n in range(10):  # another forged address each time
            await guesser.get(f"/i/{'x' * 31}{n}", headers={"X-Forwarded-For": f"10.0.0.{n}"})
        assert (await guesser.get(link, headers={"X-Forwarded-For": "10.9.9.9"})).status_code == 429
