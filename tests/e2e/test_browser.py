"""The browser that the other end-to-end tests drive."""

from playwright.sync_api import Browser


def test_two_contexts_share_nothing_and_draw_french(browser: Browser) -> None:
    first, second = browser.new_context(), browser.new_context(locale="fr-FR")
    page = first.new_page()
    page.set_content("<p>Œuvre à l’été 🚀</p>")
    assert page.inner_text("p") == "Œuvre à l’été 🚀"
    assert second.pages == []
    assert second.new_page().evaluate("navigator.language") == "fr-FR"
    first.close()
    second.close()
