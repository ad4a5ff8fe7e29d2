"""IB103: what a value has to be, what it is, and how to write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

RECORD = "incidents/2025/INC-2025-001.yml"


@pytest.mark.parametrize(
    ("line", "column", "message", "hint"),
    [
        ("exercise: no", 11, "`exercise` has to be true or false, and it is the text `no`",
         "Write `false`: in YAML 1.2, `no` is text."),
        ("systems: API", 10, "`systems` has to be a list, and it is the text `API`", "Write a list: `systems: [API]`."),
        ("summary: 12", 10, "`summary` has to be text, and it is the value `12`", "Put it in quotes: `'12'`."),
        ("summary:", 1, "`summary` has no value: it has to be text", "Write the value, or remove the key."),
        ("summary: [a]", 10, "`summary` has to be text, and it is a list", ""),
        ("detection: monitoring", 12,
         "`detection` has to be a mapping (keys with values), and it is the text `monitoring`", ""),
        ("classification: {customers_affected_pct: '40'}", 42,
         "`customers_affected_pct` has to be a number, and it is the text `40`", "Remove the quotes."),
        ("classification: {customers_affected_pct: about 40}", 42,
         "`customers_affected_pct` has to be a number, and it is the text `about 40`",
         "Write digits only, with a dot for decimals: no unit, no thousands separator."),
        ("systems: [API, 7]", 16, "Item 2 of `systems` has to be text, and it is the value `7`", "Put it in quotes: `'7'`."),
        ("summary: 0x" + "f" * 200, 10, f"`summary` has to be text, and it is the value `0x{'f' * 57}…`",
         f"Put it in quotes: `0x{'f' * 27}…`."),
        ("summary: 1.50", 10, "`summary` has to be text, and it is the value `1.50`", "Put it in quotes: `'1.50'`."),
    ],
)  # fmt: skip
def test_value_of_the_wrong_type(
    check: Callable[..., list[Finding]], base: Callable[..., str], line: str, column: int, message: str, hint: str
) -> None:
    (found,) = check({RECORD: base(RECORD) + line + "\n"})
    assert (found.code, found.span.line, found.span.column) == ("IB103", 27, column)
    assert found.message == message
    assert found.hint == hint


def test_a_time_that_is_a_number(check: Callable[..., list[Finding]], base: Callable[..., str]) -> None:
    (found,) = check({RECORD: base(RECORD, "detected: 2025-01-15T02:32:00Z", "detected: 20250115")})
    assert found.message == "`detected` has to be a time such as 2025-01-15T02:30:00Z, and it is the value `20250115`"


def test_a_file_that_is_no_mapping(check: Callable[..., list[Finding]]) -> None:
    (found,) = check({"policy/factors.yml": "- a\n- b\n"})
    assert found.message == "The file has to be a mapping (keys with values), and it is a list"
