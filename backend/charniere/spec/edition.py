"""Which edition of a specification one holds: a draft, or a frozen version with who froze it and who approved it."""

from typing import Literal, TypeAlias

from msgspec import Struct

LogoType: TypeAlias = Literal["image/png", "image/jpeg"]


class Approval(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody signs for a team. `day` is YYYY-MM-DD."""

    name: str
    role: str = ""
    team: str = ""
    day: str


class Logo(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The client's mark, as it was uploaded."""

    media_type: LogoType
    data: bytes


class Edition(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`number` counts frozen versions from 1; a draft is the draft of that number. The rest is empty for a draft."""

    number: int = 1
    frozen: bool = False
    digest: str = ""  # SHA-256 of `spec.json`
    author: str = ""
    at: int = 0  # milliseconds since 1970, UTC
    note: str = ""
    approvals: tuple[Approval, ...] = ()
    logo: Logo | None = None


DRAFT = Edition()
