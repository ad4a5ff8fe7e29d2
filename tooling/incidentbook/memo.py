"""Results that take long to compute, kept from one run to the next by what they were computed from."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol


class Memo(Protocol):
    """Whoever keeps results."""

    def remember(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under ``key``, or make it and keep it."""
        ...


class Forgetful:
    """Keeps nothing."""

    def remember(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Make it."""
        del key
        return make()


FORGETFUL = Forgetful()


def remembered(memo: Memo, what: str, values: object, make: Callable[[], Any]) -> Any:
    """Return the plain data that ``make`` computes from ``values``, or that it computed from the same ones earlier.

    Args:
        memo: where it is kept.
        what: the method, with a number that changes when the method does.
        values: plain data; nothing else may the result depend on.
        make: computes it.

    """
    if memo is FORGETFUL:
        return make()
    import hashlib  # noqa: PLC0415 - here only

    said = json.dumps(values, separators=(",", ":"), sort_keys=True).encode()
    key = f"{what} {hashlib.blake2b(said, digest_size=16).hexdigest()}"
    try:
        return json.loads(memo.remember(key, lambda: json.dumps(make()).encode()))
    except ValueError:  # what was kept is damaged
        return make()
