"""Frozen data classes that are cheap to define: a responder's command defines forty of them before it does anything.

`dataclasses` writes and compiles seven methods for each frozen class, which takes longer than all that such a command does then.
Here each class gets a compiled ``__init__`` only; equality, hash and representation are shared. That nothing is assigned to
afterwards is held by the type checker, to which ``dataclass_transform`` says so. `dataclasses.fields` and `replace` work as ever.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make ``cls`` a data class with slots whose instances are equal, and hash alike, where their fields are."""
    made: Any = dataclass(slots=True, eq=False, repr=False)(cls)
    made.values_of = operator.attrgetter(*made.__dataclass_fields__)
    made.__eq__, made.__hash__, made.__repr__ = _equal, _hash, _shown
    return made  # type: ignore[no-any-return]


def _equal(self: Any, other: Any) -> bool:
    if other.__class__ is not self.__class__:
        return NotImplemented  # type: ignore[no-any-return]
    return bool(self.values_of(self) == self.values_of(other))


def _hash(self: Any) -> int:
    return hash(self.values_of(self))


def _shown(self: Any) -> str:
    values = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{type(self).__qualname__}({', '.join(values)})"
