"""The review as a project lead uses it: what tests say, in the words of the product. One Desk a browser page."""

from playwright.sync_api import Locator, Page, expect

from wall import Wall

SPEC = "/b/demonstration/specification"


class Desk:
    """A person before the specification, who came in by the wall."""

    def __init__(self, wall: Wall) -> None:
        self.wall = wall

    @property
    def page(self) -> Page:
        return self.wall.page

    @staticmethod
    def of(wall: Wall, at: str = "") -> "Desk":
        """From the board to its review."""
        base = wall.page.url.split("/b/")[0]
        wall.page.goto(f"{base}{SPEC}{at}")
        return Desk(wall).ready()

    def ready(self) -> "Desk":
        expect(self.page.locator("[data-ready]")).to_be_attached(timeout=20_000)
        return self

    def reload(self) -> "Desk":
        self.page.reload()
        return self.ready()

    # --- where things are

    def row(self, label: str) -> Locator:
        return self.page.locator("[data-row]", has=self.page.get_by_role("button", name=label, exact=True))

    @property
    def card(self) -> Locator:
        return self.page.locator("[data-card]")

    def field(self, name: str) -> Locator:
        """The widget of an attribute, in the open line."""
        return self.card.get_by_label(name, exact=True)

    # --- what one does

    def open(self, section: str, label: str) -> Locator:
        """Goes to the section by the contents, then to the line."""
        self.page.get_by_role("navigation").get_by_role("link", name=section).or_(
            self.page.get_by_role("navigation").get_by_role("button", name=section)
        ).first.click()
        if self.card.get_by_role("heading", name=label).count() == 0:
            self.row(label).get_by_role("button", name=label, exact=True).click()
        expect(self.card.get_by_role("heading", name=label)).to_be_visible()
        return self.card

    def tab(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Écrans de la revue").get_by_text(name).first.click()

    # --- what one sees

    def line(self, label: str) -> dict[str, object]:
        """The line as the server holds it."""
        answer = self.wall.api("/api/boards/demonstration/specification")
        spec = answer["body"]
        for section in spec.values():
            for one in section if isinstance(section, list) else ():
                if isinstance(one, dict) and one.get("label") == label:
                    return one
        raise AssertionError(f"no line {label!r}")

    def is_saved(self) -> None:
        expect(self.page.locator('[data-state="saved"]').first).to_be_attached(timeout=15_000)
