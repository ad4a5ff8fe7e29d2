"""From plain data to typed records, tolerantly: the loader accepts what the checker rejects.

A value of the wrong type becomes the field's default, an unknown key is passed over (the schema reports both with line and
column), so that one bad value never takes the rest of a record away. Only what hides something is read the other way: a level
of disclosure that cannot be read is ``restricted``, so that a slip of the pen publishes nothing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import enum
import functools
import math
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from incidentbook.records.time import parse_date
from incidentbook.records.vocabulary import Disclosure, FieldLevels, Hides

Convert = Callable[[object], Any]
T = TypeVar("T")
_ABSENT: Any = object()


def build(cls: type[T], value: object) -> T | None:
    """Return ``value`` as a ``cls`` (a frozen dataclass whose fields all have defaults), or None where it is no mapping.

    A class with a ``from_plain`` class method reads itself. Field names are the file's keys; a trailing underscore is for
    Python's reserved words (``from_``).
    """
    reader = getattr(cls, "from_plain", None)
    if reader is not None:
        built: T | None = reader(value)
        return built
    if not isinstance(value, Mapping):
        return None
    arguments: dict[str, Any] = {}
    for name, key, convert in _fields(cls):  # type: ignore[arg-type]
        raw = value.get(key, _ABSENT)
        if raw is _ABSENT or raw is None:
            continue
        converted = convert(raw)
        if converted is not _ABSENT:
            arguments[name] = converted
    return cls(**arguments)


def lazily(cls: type[T], value: Mapping[str, Any]) -> T:
    """Return ``value`` as `build` does, but read each field when it is first asked for, those of what it holds too.

    Figures look at few of many.
    """
    made: Any = object.__new__(_lazy(cls))  # type: ignore[arg-type]
    made.raw = value
    return made  # type: ignore[no-any-return]


def changed(record: T, **changes: Any) -> T:
    """Return ``record`` with other values in some fields, as `dataclasses.replace` does; what nobody has read stays unread."""
    raw = getattr(record, "raw", None)
    if raw is None:
        return dataclasses.replace(record, **changes)  # type: ignore[type-var]
    made: Any = object.__new__(type(record))
    made.raw = raw
    for name in record.__dataclass_fields__:  # type: ignore[attr-defined]
        if name in changes:
            setattr(made, name, changes[name])
            continue
        with contextlib.suppress(AttributeError):  # it has not been asked for
            setattr(made, name, object.__getattribute__(record, name))
    return made  # type: ignore[no-any-return]


def having(record: Any, name: str, key: str, value: str) -> tuple[Any, ...]:
    """Return the items of the list ``name`` whose text ``key`` is ``value``, without reading the others where that can wait.

    ``value`` is not what an item is taken to say that has no such key.
    """
    raw = getattr(record, "raw", None)
    if raw is None:
        return tuple(item for item in getattr(record, name) if getattr(item, key) == value)
    items = raw.get(name)
    some = (
        [item for item in items if isinstance(item, Mapping) and item.get(key) == value]
        if isinstance(items, list)
        else []
    )
    whole: Any = type(record).__bases__[0]  # the class whose fields are read as they are asked for
    return getattr(lazily(whole, {name: some}), name) if some else ()


@functools.cache
def _lazy(cls: type[Any]) -> type[Any]:
    """Return ``cls`` with the habit of filling a field when it is missing: Python asks ``__getattr__`` for an empty slot."""
    known = {name: (key, convert) for name, key, convert in _fields(cls, _nested_lazily)}  # type: ignore[arg-type]
    defaults = {item.name: _default(item) for item in dataclasses.fields(cls)}

    def missing(self: Any, name: str) -> Any:
        if name not in known:
            raise AttributeError(name)
        key, convert = known[name]
        raw = self.raw.get(key)
        value = _ABSENT if raw is None else convert(raw)
        value = defaults[name]() if value is _ABSENT else value
        setattr(self, name, value)
        return value

    return type(cls.__name__, (cls,), {"__slots__": ("raw",), "__getattr__": missing, "__module__": cls.__module__})


def _default(item: dataclasses.Field[Any]) -> Callable[[], Any]:
    if item.default_factory is not dataclasses.MISSING:
        return item.default_factory
    return lambda: item.default


def _nested(cls: type[Any]) -> Convert:
    def read(raw: object) -> Any:
        built = build(cls, raw)
        return _ABSENT if built is None else built

    return read


def _nested_lazily(cls: type[Any]) -> Convert:
    if hasattr(cls, "from_plain"):
        return _nested(cls)
    lazy, new = _lazy(cls), object.__new__  # type: ignore[arg-type]

    def read(raw: object) -> Any:
        if raw.__class__ is not dict and not isinstance(raw, Mapping):
            return _ABSENT
        made = new(lazy)
        made.raw = raw
        return made

    return read


@functools.cache
def _fields(cls: type[Any], nested: Callable[[type[Any]], Convert] = _nested) -> tuple[tuple[str, str, Convert], ...]:
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        (field.name, field.name.rstrip("_"), _converter(hints[field.name], nested))
        for field in dataclasses.fields(cls)
        if field.init
    )


def _converter(hint: Any, nested: Callable[[type[Any]], Convert] = _nested) -> Convert:
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        return _converter(inner[0], nested)
    if origin is tuple:
        return _sequence(_converter(arguments[0], nested))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_converter(arguments[1], nested))
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _enum(hint)
    return nested(hint)


def _sequence(convert: Convert) -> Convert:
    def read(raw: object) -> Any:
        if not isinstance(raw, list | tuple):
            return _ABSENT
        return tuple([item for item in map(convert, raw) if item is not _ABSENT])

    return read


def _mapping(convert: Convert) -> Convert:
    def read(raw: object) -> Any:
        if not isinstance(raw, Mapping):
            return _ABSENT
        pairs = ((str(key), convert(item)) for key, item in raw.items())
        return {key: item for key, item in pairs if item is not _ABSENT}

    return read


def _enum(cls: type[enum.Enum]) -> Convert:
    members = {member.value: member for member in cls}
    return lambda raw: members.get(raw, _ABSENT) if isinstance(raw, str | int) else _ABSENT


def _number(raw: object) -> Any:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return _ABSENT
    try:
        return float(raw) if math.isfinite(raw) else _ABSENT
    except OverflowError:  # an integer beyond what a float can hold
        return _ABSENT


def _integer(raw: object) -> Any:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else _ABSENT


def _date(raw: object) -> Any:
    day = parse_date(raw)
    return _ABSENT if day is None else day


def _level(raw: object) -> Disclosure:
    return next((level for level in Disclosure if level.value == raw), Disclosure.RESTRICTED)


def _field_levels(raw: object) -> dict[str, Disclosure]:
    """Read levels by path; of anything else nobody can say which fields it means, so the path is that of the whole record."""
    return {str(path): _level(level) for path, level in raw.items()} if isinstance(raw, Mapping) else _HIDDEN


_HIDDEN = {"": Disclosure.RESTRICTED}
_SCALARS: dict[Any, Convert] = {
    str: lambda raw: raw if isinstance(raw, str) else _ABSENT,
    bool: lambda raw: raw if isinstance(raw, bool) else _ABSENT,
    int: _integer,
    float: _number,
    dt.date: _date,
    Disclosure: _level,
    FieldLevels: _field_levels,
    Hides: lambda raw: raw is not False,
    object: lambda raw: raw,
    Any: lambda raw: raw,
}
