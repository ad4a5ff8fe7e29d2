"""The number of a payment card.

What it checks
    Every file, comments included: it holds no number that begins like those of a card issuer, is as long, and has the right
    check digit (Luhn). The numbers that payment providers publish for tests are left alone, as are digits in addresses and ids.

Why it matters
    A card number outside the systems that are built for it is a reportable incident of its own, and Git keeps it for good.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: Card 4539 1488 0343 6467 was charged twice}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: A card that ends in 6467 was charged twice}
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

CODE = "IB904"
NAME = "card-number"
SUMMARY = "A file holds the number of a payment card"
GRADE = Grade.ERROR
_DIGITS = re.compile(
    r"(?<![\w.,/=&%#+-])[2-6]"
    r"(?:[0-9]{12,18}|[0-9]{3}(?P<gap>[ -])[0-9]{4,6}(?P=gap)[0-9]{4,5}(?:(?P=gap)[0-9]{4})?)(?![\w/%-]|[.,][0-9])"
)
# Beginnings and lengths by issuer (ISO/IEC 7812): Visa, Mastercard, American Express, Discover, Diners Club, JCB.
_ISSUER = re.compile(
    r"4[0-9]{15}|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9][0-9]|7[01][0-9]|720)[0-9]{12}|3[47][0-9]{13}|6(?:011|5[0-9][0-9]|4[4-9][0-9])[0-9]{12}"
    r"|3(?:0[0-5]|[68][0-9])[0-9]{11}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
)
# fmt: off
_FOR_TESTS = frozenset((  # what payment providers publish
    "4111111111111111", "4242424242424242", "4012888888881881", "4000056655665556", "5555555555554444", "2223003122003222",
    "5105105105105100", "5200828282828210", "378282246310005", "371449635398431", "6011111111111117", "6011000990139424",
    "30569309025904", "38520000023237", "3530111333300000", "3566002020360505",
))
# fmt: on
_GROUPED = tuple(b"0000" + gap + b"0" * length + gap for gap in (b" ", b"-") for length in (4, 5, 6))
_NINE = 9


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every card number; the message shows its last two digits only."""
    del context
    if not _scan.may_hold(entry, b"0" * 14, *_GROUPED):
        return
    for match in _scan.found(entry, _DIGITS, _is_card, _scan.MACHINE_KEYS):
        message = f"This is the number of a payment card by its form and check digit: {_scan.veiled(match[0])}"
        hint = "Keep its last four digits at most. Treat the number as exposed: what Git has seen stays in its history."
        yield _scan.hit(entry, match, message, hint)


def _is_card(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match[0])
    return _ISSUER.fullmatch(digits) is not None and digits not in _FOR_TESTS and _luhn(digits)


def _luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    total = sum(int(digit) for digit in digits[::-2]) + sum(n - _NINE if n > _NINE else n for n in doubled)
    return total % 10 == 0
