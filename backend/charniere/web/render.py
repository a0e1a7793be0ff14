"""Pages: one frozen value and one template each, in the reader's language. Nothing here decides anything."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, partial
from importlib.resources import files
from typing import Any, ClassVar, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from charniere.i18n import LANGS, day, t
from charniere.web.installation import installation_of
from charniere.web.language import language_of

_SYMBOL: Final = re.compile(r'<symbol id="i-([a-z0-9-]+)" viewBox="([^"]+)">(.*?)</symbol>', re.S)


@dataclass(frozen=True)
class Page:
    """What a template is given. Subclasses add their fields and name their template and their Vite entry."""

    template: ClassVar[str]
    entry: ClassVar[str] = "pages"


def render(request: Request, page: Page, status: int = 200, lang: str | None = None) -> HTMLResponse:
    """The page as a response.

    Its forms need an Origin header, which browsers blank out under `no-referrer`: pages say `same-origin` instead, and
    links still never leave for another site.
    """
    return HTMLResponse(text_of(request, page, lang), status, headers={"Referrer-Policy": "same-origin"})


def text_of(request: Request, page: Page, lang: str | None = None) -> str:
    lang = lang or language_of(request)
    installation = installation_of(request)
    own = {field.name: getattr(page, field.name) for field in fields(page)}
    return (
        _environment()
        .get_template(page.template)
        .render(
            own,
            lang=lang,
            langs=LANGS,
            t=partial(t, lang),
            day=partial(day, lang),
            assets=installation.assets.entry(page.entry),
            here=request.url.path,
            controller=installation.settings.controller,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("charniere", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared: dict[str, Callable[..., Any]] = {"icon": icon}
    environment.globals.update(shared)
    return environment


def icon(name: str, size: str = "") -> Markup:
    """An inline drawing from templates/icons.svg, hidden from screen readers: words say the same beside it."""
    box, drawing = _icons()[name]
    extra = f" {size}" if size else ""
    return Markup(  # noqa: S704 our own file
        f'<svg class="ic{extra}" viewBox="{box}" aria-hidden="true" focusable="false">{drawing}</svg>'
    )


@cache
def _icons() -> dict[str, tuple[str, str]]:
    text = (files("charniere") / "templates" / "icons.svg").read_text(encoding="utf-8")
    return {name: (box, drawing) for name, box, drawing in _SYMBOL.findall(text)}
