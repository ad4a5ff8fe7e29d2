"""Identities that two clones can give at the same moment without meeting: a time and chance."""

from __future__ import annotations

import datetime as dt
import os
import time

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that looks like a digit
_LENGTH = 26
_CHANCE = 80  # bits


def entry_id(now: dt.datetime) -> str:
    """Return a new ULID: 48 bits of milliseconds of ``now`` and 80 of chance, in 26 characters that sort by time.

    ``now`` is that of the knowledge base, which knows whole seconds; the thousandths are the machine's, so that what is written
    within one second stays in order.

    Source: the ULID specification (github.com/ulid/spec), canonical string representation.
    """
    thousandths = now.microsecond // 1000 or time.time_ns() // 1_000_000 % 1000
    milliseconds = int(now.timestamp()) * 1000 + thousandths
    number = (milliseconds << _CHANCE) | int.from_bytes(os.urandom(_CHANCE // 8))
    return "".join(_DIGITS[(number >> (5 * place)) & 31] for place in reversed(range(_LENGTH)))
