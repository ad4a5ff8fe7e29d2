"""A telephone number.

What it checks
    Every file, comments included: it holds no telephone number, neither in the international form (`+` and the country) nor in
    that of North America. Left alone are numbers that are reserved for examples (555-0100 to 555-0199), what stands under
    `contact`, and digits in addresses and ids.

Why it matters
    A number in a record reaches somebody's pocket, and a record is copied further than anybody thought. Who is on call this week
    belongs into the paging system.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: "Vendor reached at +49 30 9018 2047"}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: Vendor reached over its support line (see the contract)}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.safety import _scan

CODE = "IB903"
NAME = "phone-number"
SUMMARY = "A file holds a telephone number"
GRADE = Grade.WARNING
_NUMBER = re.compile(
    r"(?<![\w.+/=&%#-])(?:"
    r"\+[1-9][0-9]{0,2}(?:[ .-]?\([0-9]{1,4}\))?(?:[ .-]?[0-9]{2,5}){2,5}"
    r"|\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[-. ][0-9]{4}"
    r"|(?:1[-. ])?[2-9][0-9]{2}([-.])[2-9][0-9]{2}\1[0-9]{4}"
    r")(?![\w/%@-]|[.,:][0-9])"
)
_PLUS = re.compile(r"\+[1-9]")
_FEWEST, _MOST = 9, 15  # digits of a number with its country, by ITU-T E.164; shorter ones are offsets and differences
_RESERVED = re.compile(r"55501\d\d\Z")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every number."""
    del context
    if not _PLUS.search(entry.document.text) and not _scan.may_hold(entry, b"(000)", b"000-000-0000", b"000.000.0000"):
        return
    for match in _scan.found(entry, _NUMBER, _is_number, _scan.GIVEN_OUT | _scan.MACHINE_KEYS):
        message = f"This is a telephone number by its form: {_scan.veiled(match[0])}"
        yield _scan.hit(entry, match, message, "Name the role or the team; keep numbers in the paging system.")


def _is_number(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match[0])
    return _FEWEST <= len(digits) <= _MOST and _RESERVED.search(digits) is None
