"""A CRM mission and its personas: cold nouns, stored as rows and carried in the header of a board file."""

from msgspec import Struct


class Persona(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One customer type. Free words; what is not known stays empty."""

    id: str
    name: str
    role: str = ""
    segment: str = ""
    goals: tuple[str, ...] = ()
    frustrations: tuple[str, ...] = ()
    expectations: tuple[str, ...] = ()
    context: str = ""
    quote: str = ""


class Project(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One mission: for whom, what for. `workshop` keeps the circumstances as given (date, duration, participants ...)."""

    id: str
    client: str
    activity: str = ""
    purpose: str = ""
    objectives: tuple[str, ...] = ()
    workshop: dict[str, str] = {}
    time_zone: str = "Europe/Paris"
