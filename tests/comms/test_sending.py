"""Sending to a real local server that fails, stalls, drops and is busy: it arrives, or somebody is told that it did not."""

from __future__ import annotations

import datetime as dt
import email.utils
from typing import Any

import pytest

from comms.server import listening
from incidentbook.comms import sending
from incidentbook.comms.channels import Request
from incidentbook.errors import IncidentbookError

WANTED = Request("POST", "", {"text": "Checkout fails"})


def send(url: str, waited: list[float] | None = None, kind: str = "webhook", token: str = "") -> dict[str, Any]:
    sleep = (waited if waited is not None else []).append
    return sending.send(WANTED, kind, sending.Address("INC_WEBHOOK_URL", url, token), "01KEY", sleep=sleep)


def test_an_answer_is_handed_back() -> None:
    with listening(id="b8v") as channel:
        assert send(channel.url) == {"id": "b8v"}
    assert [(asked.method, asked.path, asked.body) for asked in channel.asked] == [
        ("POST", "/hook/secret", {"text": "Checkout fails"})
    ]


@pytest.mark.parametrize("trouble", [500, 503, 502, 429, 408, "drop"])
def test_trouble_that_passes_is_waited_out_with_the_same_key_and_text(trouble: Any) -> None:
    waited: list[float] = []
    with listening(trouble, trouble) as channel:
        send(channel.url, waited)
    assert [asked.key for asked in channel.asked] == ["01KEY"] * 3
    assert [asked.body for asked in channel.asked] == [WANTED.json] * 3
    assert len(waited) == 2
    assert 0 < waited[0] < waited[1] < 5


def test_as_long_is_waited_as_the_channel_asks_for_but_not_for_ever() -> None:
    waited: list[float] = []
    with listening((429, {"Retry-After": "3"}), (503, {"Retry-After": "86400"})) as channel:
        send(channel.url, waited)
    assert waited == [3.0, 20.0]


def test_a_silent_channel_is_given_up_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_ANSWER", 0.2)
    with listening("stall") as channel:
        send(channel.url)
    assert [asked.key for asked in channel.asked] == ["01KEY"] * 2


def test_after_five_tries_it_says_so() -> None:
    with listening(*[503] * 9) as channel, pytest.raises(sending.UnsentError) as caught:
        send(channel.url)
    assert str(caught.value) == '127.0.0.1 does not take it after 5 tries: HTTP 503, {"ok": true}'
    assert len(channel.asked) == 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 301])
def test_a_refusal_is_not_repeated(status: int) -> None:
    with listening((status, {"Location": "http://127.0.0.1:1/"})) as channel:
        with pytest.raises(sending.UnsentError, match=f"does not take it: HTTP {status}"):
            send(channel.url)
        assert len(channel.asked) == 1


def test_nobody_there() -> None:
    with listening() as channel:
        pass
    with pytest.raises(sending.UnsentError, match=r"127\.0\.0\.1 was not reached in 5 tries: .*refused") as caught:
        send(channel.url)
    assert "secret" not in str(caught.value)


def test_an_answer_that_is_no_json_object_is_none() -> None:
    with listening() as channel:
        channel.says = ["ok"]  # type: ignore[assignment]
        assert send(channel.url) == {}


@pytest.mark.parametrize(("kind", "header"), [("webhook", "Bearer t0ken"), ("statuspage", "OAuth t0ken")])
def test_a_token_goes_into_the_header_of_its_kind(kind: str, header: str) -> None:
    with listening() as channel:
        send(channel.url, kind=kind, token="t0ken")  # noqa: S106 - a word for a test
    assert channel.asked[0].token == header


def test_the_address_of_a_channel_comes_before_that_of_its_kind() -> None:
    environment = {
        "INC_SLACK_URL": "https://hooks.example/a/",
        "INC_SLACK_TOKEN": " t ",
        "INC_WAR_ROOM_URL": "https://b.example",
    }
    assert sending.address("chat", "slack", environment) == ("INC_SLACK_URL", "https://hooks.example/a", "t")
    assert sending.address("war-room", "slack", environment) == ("INC_WAR_ROOM_URL", "https://b.example", "")
    assert sending.address("chat", "teams", environment) is None


@pytest.mark.parametrize(
    "url",
    [
        "hooks.example", "file:///etc/passwd", "https://", "https://[bad/x", f"https://{'x' * 64}.example", "https://a..b",
        "https://h:99999", "https://h/a b",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(IncidentbookError, match="INC_SLACK_URL is no address"):
        sending.address("chat", "slack", {"INC_SLACK_URL": url})


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "schlüssel"])
def test_what_is_no_token_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(IncidentbookError, match="INC_SLACK_TOKEN is no token") as caught:
        sending.address("chat", "slack", {"INC_SLACK_URL": "https://h.example", "INC_SLACK_TOKEN": token})
    assert token not in str(caught.value)


def test_what_a_channel_says_shows_no_secret_and_steers_no_terminal() -> None:
    with (
        listening(404, says="Cannot POST /hook/secret with t0ken \x1b[2J") as channel,
        pytest.raises(sending.UnsentError) as caught,
    ):
        send(channel.url, token="t0ken")  # noqa: S106 - a word for a test
    said = str(caught.value)
    assert "Cannot POST" in said
    assert not [word for word in ("secret", "t0ken", "\x1b") if word in said]


def test_an_instant_to_wait_for_is_waited_for() -> None:
    waited: list[float] = []
    soon = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=12), usegmt=True)
    with listening((503, {"Retry-After": soon}), (503, {"Retry-After": "some day"})) as channel:
        send(channel.url, waited)
    assert 5 < waited[0] <= 12
    assert 0 < waited[1] < 5
