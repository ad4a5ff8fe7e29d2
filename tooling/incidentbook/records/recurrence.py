"""The days on which something comes round again: RFC 5545, section 3.3.10, by days.

A due day is a day and no hour, so parts of the rule below a day are not read, and clocks that change move nothing. A day that a
month does not have is left out, as the standard has it: every month from the 31st on skips February. ``BYMONTHDAY=-1`` is the
last day of each.

A rule has at most `MOST` days, 27 years of daily ones: a slip of the pen in the year of the first (1025) is to cost no time.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

MOST = 10_000
_UNTIL = re.compile(r"UNTIL=(\d{8})[^;]*")
_WITHIN_A_DAY = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(HOUR|MINUTE|SECOND)=")
_BY = re.compile(r"BY(?!DAY=)[A-Z]+=")
_SHORT = re.compile(r"FREQ=(DAILY|WEEKLY)")
_STANDING = re.compile(r"INTERVAL=(?!\+?0*[1-9])")  # a step of nothing, at which dateutil would stand for ever


def days(rule: str, first: dt.date) -> Iterator[dt.date]:
    """Yield ``first``, then the later days of ``rule``, in their order: up to `MOST` in all.

    Of a rule that cannot be read, or that goes by less than days, only ``first`` is known. So it is of one that picks among days
    or weeks by more than one thing, which a yearly rule says better: where no day fits, all days up to the last year are tried.
    """
    yield first
    rule = rule.upper()  # as dateutil reads it
    if not rule or _WITHIN_A_DAY.search(rule) or _STANDING.search(rule) or _is_wide(rule):
        return
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - few items come round again

    start = dt.datetime.combine(first, dt.time())
    try:
        later = (moment.date() for moment in rrulestr(_UNTIL.sub(r"UNTIL=\1T235959", rule), dtstart=start))
        yield from itertools.islice((day for day in later if day > first), MOST - 1)
    except (ValueError, OverflowError):  # nonsense, or beyond the last year that there is
        return


def _is_wide(rule: str) -> bool:
    return _SHORT.match(rule) is not None and ("BYSETPOS=" in rule or len(_BY.findall(rule)) > 1)
