"""What a format cannot carry, said when it is written. Sentences are in the catalogues under `export.loss.<code>`."""

from collections.abc import Mapping
from typing import NamedTuple


class Loss(NamedTuple):
    code: str
    params: Mapping[str, str | int]


def loss(code: str, **params: str | int) -> Loss:
    return Loss(code, params)
