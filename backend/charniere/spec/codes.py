"""Printed codes (WF-07): allocated once, never given to another item, kept when an item vanishes and comes back."""

from collections.abc import Iterable, Mapping

PREFIX = {
    "objects": "OB",
    "pipelines": "PL",
    "statuses": "ST",
    "fields": "CH",
    "transitions": "TR",
    "workflows": "WF",
    "views": "VU",
    "kpis": "KP",
    "sla": "SL",
    "scoring": "SC",
    "roles": "RO",
    "integrations": "IN",
    "content": "CO",
    "personal_data": "DP",
    "scenarios": "RE",
    "actions": "AC",
    "findings": "CN",
}


def allocate(
    ids: Iterable[str], earlier: Mapping[str, str], taken: Mapping[str, int] | None = None
) -> dict[str, str]:
    """Every id with its code: those known before keep theirs, new ones take the next number of their section.

    `taken` is the last number given elsewhere, by prefix (to lines added by hand).
    """
    codes = dict(earlier)
    last = dict(taken or {})
    for code in codes.values():
        prefix, _, number = code.partition("-")
        last[prefix] = max(last.get(prefix, 0), int(number))
    for one in ids:
        if one not in codes:
            prefix = PREFIX[one.partition(".")[0]]
            last[prefix] = last.get(prefix, 0) + 1
            codes[one] = f"{prefix}-{last[prefix]:02d}"
    return codes
