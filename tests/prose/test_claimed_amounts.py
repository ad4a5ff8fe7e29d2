"""By how much a figure is said to have changed."""

from __future__ import annotations

import pytest

from incidentbook.prose.claimed_amounts import Amount, amounts, nearest


def read(text: str) -> list[float]:
    return [round(amount.percent, 1) for amount in amounts(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("by 20 %", 20),
        ("by 12,5 per cent", 12.5),
        ("by ten points", 10),
        ("by 3 percentage points", 3),
        ("by almost a third", 33.3),
        ("in half", 50),
        ("halved", 50),
        ("tripled", 200),
        ("half as often", 50),
        ("a quarter lower", 25),
        ("from 42 to 30 minutes", 28.6),
        ("from 2 hours to 90 minutes", 25),
        ("from a mean of 14 minutes to 6", 57.1),
        ("to 30 minutes from 40", 25),
        ("from 60 % to 90 %", 30),
    ],
)
def test_an_amount(text: str, percent: float) -> None:
    assert read(text) == [percent]


@pytest.mark.parametrize(
    "text",
    [
        "to 95 %",
        "to almost 95 %",
        "at 5 %",
        "a target of 10 %",
        "20 % of the pages",
        "95 % confidence",
        "in the third quarter",
        "by quarter over quarter",
        "from 0 to 5",
    ],
)
def test_no_amount(text: str) -> None:
    assert read(text) == []


def test_from_what_to_what_says_the_way() -> None:
    assert [amount.rises for amount in amounts("from 4 to 7 minutes, from 9 to 2 minutes, by 5 %", 0, 60)] == [
        True,
        False,
        None,
    ]


def test_the_nearest() -> None:
    found = [Amount(0, 4, 1.0), Amount(20, 24, 2.0)]
    assert nearest(found, 14, 18) == found[1]
    assert nearest([], 0, 1) is None
