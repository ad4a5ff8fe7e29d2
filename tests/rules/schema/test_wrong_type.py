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
        ("summary: {a: b}", 10, "`summary` has to be text, and it is a mapping", ""),
        ("systems: [API, ~]", 16, "Item 2 of `systems` has no value: it has to be text", "Write the value, or remove the key."),
        ("detection: '12'", 12, "`detection` has to be a mapping (keys with values), and it is the text `12`", ""),
        ("systems: " + "a" * 31, 10, f"`systems` has to be a list, and it is the text `{'a' * 31}`",
         f"Write a list: `systems: [{'a' * 29}…]`."),
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
    assert found.hint == ""


def test_a_file_that_is_no_mapping(check: Callable[..., list[Finding]]) -> None:
    (found,) = check({"policy/factors.yml": "- a\n- b\n"})
    assert found.message == "The file has to be a mapping (keys with values), and it is a list"


def test_a_whole_number(check: Callable[..., list[Finding]], base: Callable[..., str]) -> None:
    for written, hint in [
        ("'15842'", "Remove the quotes."),
        ("16k", "Write digits only, with a dot for decimals: no unit, no thousands separator."),
    ]:
        new = f"impact:\n  customer: {{failed_transactions: {written}}}"
        (found,) = check({RECORD: base(RECORD, "impact:", new)})
        assert (
            found.message
            == f"`failed_transactions` has to be a whole number, and it is the text `{written.strip(chr(39))}`"
        )
        assert found.hint == hint


def test_one_of_two_types(check: Callable[..., list[Finding]], base: Callable[..., str]) -> None:
    path = "policy/severities.yml"
    found = check({path: base(path, "{measure: customers_affected_pct, at_least: 50}", "{measure: x, is: 3}")})
    assert [(each.message, each.hint) for each in found if each.code == "IB103"] == [
        ("`is` has to be true or false or text, and it is the value `3`", "Put it in quotes: `'3'`.")
    ]


def test_every_value_is_one_finding(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    found = said({RECORD: base(RECORD) + "summary:\nresolution:\n"})
    assert [line.split()[0] for line in found] == [f"{RECORD}:27:1", f"{RECORD}:28:1"]


@pytest.mark.parametrize(
    "line",
    [
        "exercise: 1",
        "summary: {a: b}",
        "classification: {customers_affected_pct: '4e1'}",
        "classification: {customers_affected_pct: forty}",
    ],
)
def test_what_can_mean_several_things_is_left_to_a_person(
    check: Callable[..., list[Finding]], base: Callable[..., str], line: str
) -> None:
    (found,) = check({RECORD: base(RECORD) + line + "\n"})
    assert found.fix is None


def test_a_whole_number_loses_its_quotes_and_a_broken_one_does_not(
    check: Callable[..., list[Finding]], base: Callable[..., str]
) -> None:
    for written, fixed in [("'15842'", True), ("'15842.5'", False)]:
        (found,) = check({RECORD: base(RECORD, "impact:", f"impact:\n  customer: {{failed_transactions: {written}}}")})
        assert (found.fix is not None) == fixed
