"""A typed record as plain data: what `build` made it of, as far as the record keeps it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any

from incidentbook.records.money import Money
from incidentbook.records.time import Moment

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
_WHOLE = (Moment, Money)  # records that are one value, and are told even where they are as nobody says


def plain(value: Any) -> Any:
    """Return a typed record as plain data from which the same is built, without what a record says where its file does not."""
    kind = type(value)
    return value if kind in _AS_IT_IS else _teller(kind)(value)  # type: ignore[arg-type] # a type can be hashed


@functools.cache
def _teller(kind: type[Any]) -> Callable[[Any], Any]:
    """Return what makes plain data of values of one type: five thousand records have three hundred thousand of them."""
    if issubclass(kind, Moment):
        return _moment
    if issubclass(kind, Money):
        return _money
    if issubclass(kind, dt.date):
        return lambda value: value.isoformat().replace("+00:00", "Z")
    if issubclass(kind, Mapping):
        return lambda value: {key: plain(item) for key, item in value.items()}
    if issubclass(kind, tuple):
        return lambda value: [plain(item) for item in value]
    return functools.partial(_record, _fields(kind)) if dataclasses.is_dataclass(kind) else lambda value: value


def _fields(kind: type[Any]) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Any], ...]]:
    """Return what reads the fields of a record, and of each its key, and what it is where nobody says anything."""
    fields = dataclasses.fields(kind)
    names = [field.name for field in fields]
    read = operator.attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    return read, tuple((field.name.rstrip("_"), _default(field)) for field in fields)


def _record(
    fields: tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Any], ...]], record: Any
) -> dict[str, Any]:
    """Return the fields of a record that are not as they are where nobody says anything, nor nested records without any such."""
    found = {}
    read, known = fields
    for (key, default), value in zip(known, read(record), strict=True):
        if value is default or value == default:
            continue
        kind = type(value)
        said = value if kind in _AS_IT_IS else _teller(kind)(value)  # type: ignore[arg-type] # the same
        if said or not dataclasses.is_dataclass(kind) or kind in _WHOLE:
            found[key] = said
    return found


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _money(money: Money) -> dict[str, Any]:
    whole = money.amount == money.amount.to_integral_value()
    return {"amount": int(money.amount) if whole else float(money.amount), "currency": money.currency}


def _moment(moment: Moment) -> Any:
    if not moment.uncertain and not moment.confidence and not moment.source:
        return moment.written
    more = {
        "earliest": moment.earliest, "latest": moment.latest, "confidence": moment.confidence, "source": moment.source
    }  # fmt: skip
    told = {name: plain(value) for name, value in more.items() if value}
    return {"at": moment.written, **told}
