"""What a module of the interface yields for each of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Resource(NamedTuple):
    """A file of the interface.

    Attributes:
        path: below the interface.
        schema: the name of the schema that it keeps to.
        says: returns the value, for whoever comes to need it.
        basis: stands for everything that the value is made from; empty where nobody knows.

    """

    path: str
    schema: str
    says: Callable[[], Mapping[str, object]]
    basis: str = ""
