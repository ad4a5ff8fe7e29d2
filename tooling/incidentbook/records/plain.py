"""A typed record as plain data: what `build` made it of, as far as the record keeps it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from incidentbook.records.money import Money
from incidentbook.records.time import Moment


def plain(value: Any) -> Any:
    """Return a typed record as plain data from which the same is built, without what a record says where its file does not."""
    if isinstance(value, Moment):
        return _moment(value)
    if isinstance(value, Money):
        whole = value.amount == value.amount.to_integral_value()
        return {"amount": int(value.amount) if whole else float(value.amount), "currency": value.currency}
    if isinstance(value, dt.date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return _record(value) if dataclasses.is_dataclass(value) else value


def _record(record: Any) -> dict[str, Any]:
    """Return the fields of a record that are not as they are where nobody says anything, nor nested records without any such."""
    found = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        said = plain(value)
        nested = dataclasses.is_dataclass(value) and not isinstance(value, Moment | Money)
        if said if nested else value != _default(field):
            found[field.name.rstrip("_")] = said
    return found


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _moment(moment: Moment) -> Any:
    more = {
        "earliest": moment.earliest, "latest": moment.latest, "confidence": moment.confidence, "source": moment.source
    }  # fmt: skip
    told = {name: plain(value) for name, value in more.items() if value}
    return {"at": moment.written, **told} if told else moment.written
