"""What each kind of channel takes: the forms that their makers document, with nothing in a text that steers them."""

from __future__ import annotations

import datetime as dt

import pytest

from incidentbook.comms import channels
from incidentbook.comms.message import Message

AT = dt.datetime(2025, 1, 15, 3, 0, tzinfo=dt.UTC)
MESSAGE = Message(
    "01KEY", "INC-2025-001", "SEV-1", "public", "status-page", "identified", "Checkout: cause identified",
    "We know <why> & work on it.", AT, AT + dt.timedelta(minutes=30),
)  # fmt: skip


def test_every_kind_of_the_schema_is_there() -> None:
    assert channels.kinds() == ["slack", "statuspage", "teams", "webhook"]


def test_slack_takes_blocks_and_no_mentions() -> None:
    body = channels.request("slack", MESSAGE._replace(body="<!channel> & all")).json
    assert body["blocks"][1] == {"type": "section", "text": {"type": "mrkdwn", "text": "&lt;!channel&gt; &amp; all"}}
    assert body["text"] == "Checkout: cause identified\n&lt;!channel&gt; &amp; all"
    assert body["blocks"][-1]["elements"][0]["text"] == "INC-2025-001 · SEV-1 · identified"


def test_slack_takes_no_more_than_it_says() -> None:
    body = channels.request("slack", MESSAGE._replace(subject="word " * 90, body="x" * 7000)).json
    assert len(body["blocks"][0]["text"]["text"]) <= 150
    assert [len(block["text"]["text"]) for block in body["blocks"][1:-1]] == [3000, 3000, 1000]


def test_teams_takes_a_card_that_reads_no_markdown() -> None:
    (attachment,) = channels.request("teams", MESSAGE._replace(body="[now](https://evil.example)\n\n*all*")).json[
        "attachments"
    ]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    texts = [block["text"] for block in attachment["content"]["body"] if block["type"] == "TextBlock"]
    assert texts == ["Checkout: cause identified", r"\[now\](https://evil.example)", r"\*all\*"]


def test_statuspage_makes_an_incident_and_then_updates_it() -> None:
    first = channels.request("statuspage", MESSAGE)
    assert first == (
        "POST",
        "/incidents",
        {"incident": {"name": MESSAGE.subject, "status": "identified", "body": MESSAGE.body}},
    )
    later = channels.request("statuspage", MESSAGE._replace(earlier="b8v/x", phase="update"))
    assert later == ("PATCH", "/incidents/b8v%2Fx", {"incident": {"body": MESSAGE.body}})


@pytest.mark.parametrize(("promised", "said"), [(MESSAGE.next_update, "2025-01-15T03:30:00Z"), (None, None)])
def test_a_webhook_takes_the_message_as_it_is(promised: dt.datetime | None, said: str | None) -> None:
    body = channels.request("webhook", MESSAGE._replace(next_update=promised)).json
    assert (body["id"], body["at"], body["next_update"]) == ("01KEY", "2025-01-15T03:00:00Z", said)
    assert (body["incident"], body["audience"], body["phase"]) == ("INC-2025-001", "public", "identified")
