"""When something happened, as a responder types it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.records.when import GRAMMAR, parse_either, parse_when
from kb import at, z

LISBON, BERLIN = ZoneInfo("Europe/Lisbon"), ZoneInfo("Europe/Berlin")
NOW = at("2025-07-15 13:30")  # 14:30 in Lisbon


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2025-07-15T13:30:00Z"),
        ("-5m", "2025-07-15T13:25:00Z"),
        ("-1h30m", "2025-07-15T12:00:00Z"),
        ("-2d3s", "2025-07-13T13:29:57Z"),
        ("14:05", "2025-07-15T13:05:00Z"),
        ("9:05", "2025-07-15T08:05:00Z"),
        ("14:30:00", "2025-07-15T13:30:00Z"),
        ("23:50", "2025-07-14T22:50:00Z"),  # later than now by today's clock: yesterday evening
        ("2025-07-14 08:00", "2025-07-14T07:00:00Z"),
        ("2025-07-14T08:00", "2025-07-14T07:00:00Z"),
        ("2025-07-15T12:00:00+02:00", "2025-07-15T10:00:00Z"),
        ("2025-07-15T13:30:59Z", "2025-07-15T13:30:59Z"),  # another machine's clock is a little ahead
        ("  -5m ", "2025-07-15T13:25:00Z"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert z(parse_when(text, NOW, LISBON)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", f"'soon' is no time; write {GRAMMAR}"),
        ("-", "'-' is no time; write "),
        ("5m", "'5m' is no time; write "),
        ("25:00", "'25:00' is no time: hour must be in 0..23"),
        ("2025-02-30 10:00", "'2025-02-30 10:00' is no time: "),
        ("2025-07-15T13:32:00Z", "'2025-07-15T13:32:00Z' lies ahead: it is 14:30 in Europe/Lisbon"),
        ("2025-07-15 14:40", "'2025-07-15 14:40' lies ahead: it is 14:30 in Europe/Lisbon"),
    ],
)  # fmt: skip
def test_what_is_none(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below
        parse_when(text, NOW, LISBON)
    assert str(caught.value).startswith(message)


def test_an_hour_that_the_clocks_skipped() -> None:
    with pytest.raises(ValueError, match="The clocks of Europe/Berlin never showed 2025-03-30 02:30: they were put"):
        parse_when("2025-03-30 02:30", NOW, BERLIN)


def test_an_hour_that_the_clocks_showed_twice() -> None:
    with pytest.raises(ValueError, match=r"twice; write 2024-10-27T02:30:00.02:00 or 2024-10-27T02:30:00.01:00"):
        parse_when("2024-10-27 02:30", NOW, BERLIN)


@given(st.text(alphabet="0123456789-:dhmsTZ+ now", max_size=25))
def test_any_text_is_a_time_that_is_past_or_a_plain_error(text: str) -> None:
    try:
        moment = parse_when(text, NOW, LISBON)
    except ValueError as error:
        assert "\n" not in str(error)  # noqa: PT017 - whatever the reason is, it is one line
    else:
        assert moment <= at("2025-07-15 13:31")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2025-07-15T13:30:00Z"),
        ("+2d", "2025-07-17T13:30:00Z"),
        ("-1h30m", "2025-07-15T12:00:00Z"),
        ("23:50", "2025-07-15T22:50:00Z"),  # this evening
        ("14:05", "2025-07-15T13:05:00Z"),
        (" 2026-01-14 08:00 ", "2026-01-14T08:00:00Z"),
        ("2031-07-15T12:00:00+02:00", "2031-07-15T10:00:00Z"),
    ],
)
def test_over_or_ahead(text: str, expected: str) -> None:
    assert z(parse_either(text, NOW, LISBON)) == expected


@pytest.mark.parametrize("text", ["soon", "+", "2d", "25:00", "2026-03-29 01:30"])
def test_neither_over_nor_ahead(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no time|is over|never showed"):
        parse_either(text, NOW, LISBON)
