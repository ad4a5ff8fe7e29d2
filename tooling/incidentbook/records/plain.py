"""A typed record as plain data: what `build` made it of, as far as the record keeps it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from incidentbook.records.money import Money
from incidentbook.records.time import Moment


def plain(value: Any) -> Any:
    """Return a typed record as plain data, without the fields that say nothing."""
    if isinstance(value, Moment):
        return value.written
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        pairs = ((field.name.rstrip("_"), getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: plain(item) for name, item in pairs if item}
    return value
