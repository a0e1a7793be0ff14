"""The board as a person uses it: what tests say, in the words of the product. One Wall a browser page."""

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

LAPTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Wall:
    """A person before a board. Everything the browser complains of is kept in `complaints`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None
        )

    @staticmethod
    def open(browser: Browser, url: str, **options: Any) -> "Wall":
        """A new person: a browser context of its own. Follows `url`; waits for the board when it leads there."""
        context = browser.new_context(  # a wrong locator must not wait half a minute
            **{"viewport": LAPTOP, "locale": "fr-FR", **options}
        )
        context.set_default_timeout(10_000)
        wall = Wall(context.new_page())
        wall.page.goto(url)
        return wall

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def join(self, name: str, team: str) -> "Wall":
        """On the page of an invitation: first name, team, in."""
        self.page.get_by_label("Votre prénom").fill(name)
        self.page.get_by_role("radio", name=team, exact=True).check(force=True)
        self.page.get_by_role("button", name="Entrer dans l’atelier").click()
        return self.ready()

    def ready(self) -> "Wall":
        expect(self.page.locator("[data-ready]")).to_be_attached(timeout=15_000)
        return self

    def reload(self) -> "Wall":
        self.page.reload()
        return self.ready()

    # --- where things are

    def cell(self, stage: str, channel: str) -> Locator:
        return self.page.get_by_role("gridcell", name=f"{stage}, {channel}")

    def note(self, text: str) -> Locator:
        return self.page.locator("article.note", has_text=text).first

    def notes_in(self, stage: str, channel: str) -> list[str]:
        """The texts of a cell, in order."""
        return [t.strip() for t in self.cell(stage, channel).locator("article.note .txt").all_inner_texts()]

    @property
    def editor(self) -> Locator:
        return self.page.locator("textarea[data-editor]")

    # --- what one does

    def write(self, stage: str, channel: str, *texts: str) -> None:
        """Points at a cell and writes, Enter after each, Escape at the end."""
        cell = self.cell(stage, channel)
        cell.scroll_into_view_if_needed()
        cell.hover()
        cell.locator("button.add").click()
        for text in texts:
            expect(self.editor).to_be_focused()
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")

    def begin(self, text: str) -> None:
        """Opens an existing note's words for writing, the caret at their end."""
        self.note(text).click()
        self.page.keyboard.press("e")
        expect(self.editor).to_be_focused()

    def paste(self, text: str) -> None:
        """A paste event with this text, in what has the focus."""
        self.page.evaluate(
            """text => {
                const data = new DataTransfer();
                data.setData('text/plain', text);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
            }""",
            text,
        )

    def speak(self, lang: str) -> None:
        """The same page in French or English."""
        self.context.add_cookies([{"name": "lang", "value": lang, "url": self.page.url}])
        self.reload()

    # --- what one sees

    def sees(self, text: str) -> None:
        expect(self.note(text)).to_be_visible(timeout=8_000)

    def sees_no(self, text: str) -> None:
        expect(self.page.locator("article.note", has_text=text)).to_have_count(0, timeout=8_000)

    def is_saved(self) -> None:
        expect(self.page.locator('[data-state="saved"]').first).to_be_attached(timeout=15_000)

    def axe(self, source: str, within: str = "") -> list[str]:
        """What axe finds, in the page or in one part of it: rule and first element of each violation."""
        self.page.evaluate(f"() => {{ {source}; }}")  # the script's own value is not for us
        found = self.page.evaluate(
            "within => axe.run(within || document, "
            "{runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})",
            within,
        )
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]

    def shorten(self, lists: str, keep: int) -> None:
        """Leaves the first `keep` children of each element that `lists` selects, for what is slow on long pages."""
        self.page.evaluate(
            "([lists, keep]) => document.querySelectorAll(lists).forEach("
            "list => [...list.children].slice(keep).forEach(child => child.remove()))",
            [lists, keep],
        )

    def invitation(self, role: str) -> str:
        """A link that lets anybody in as `role`; only a facilitator gets one."""
        answer = self.api(f"{self.board_api}/invitations", "POST", {"role": role})
        assert answer["status"] == 201, answer
        return str(answer["body"]["url"])

    def records(self, kind: str) -> list[dict[str, Any]]:
        """What the server holds, by its own API."""
        answer = self.api(self.board_api)
        return [record for record in answer["body"]["records"] if record["type"] == kind]

    def open_stage(self, name: str) -> None:
        self.page.get_by_role("columnheader", name=name).get_by_role("button").first.click()

    def panel(self, which: str) -> Locator:
        """Opens a panel by the button that opens it on a laptop, and gives it."""
        if which in ("stage", "channel"):
            head = "columnheader" if which == "stage" else "rowheader"
            self.page.locator(f'[role="{head}"] button.name').first.click()
        elif which in ("new stage", "new channel"):
            opener = "button.addstage" if which == "new stage" else ".corner button"
            self.page.locator(opener).click(force=True)
        else:
            self.page.locator(f'[data-opens="{which}"]').first.click()
            if which == "settings":
                self.page.locator('[role="menuitem"]:has(use[href="#i-settings"])').click()
        panel = self.page.locator(".panel")
        expect(panel).to_be_visible()
        return panel

    @property
    def board_api(self) -> str:
        return "/api/boards/" + self.page.url.split("/b/")[1].split("/")[0].split("?")[0]

    def api(self, path: str, method: str = "GET", body: object = None) -> Any:
        """A request with this person's cookie, as the page would make it."""
        return self.page.evaluate(
            """async ([path, method, body]) => {
                const answer = await fetch(path, {method, headers: body ? {'content-type': 'application/json'} : {},
                                                  body: body ?? undefined});
                return {status: answer.status, body: await answer.json().catch(() => null)};
            }""",
            [path, method, json.dumps(body) if body is not None else None],
        )
