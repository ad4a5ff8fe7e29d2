"""Microsoft Teams, by a workflow that a webhook starts. Source: Adaptive Cards 1.4, and Teams' message with a card."""

from __future__ import annotations

import re

from incidentbook.comms.channels import Request
from incidentbook.comms.message import Message

_MARKS = re.compile(r"([\\`*_\[\]])")


def request(message: Message) -> Request:
    """Return a message with one card."""
    facts = [("Incident", message.incident), ("Severity", message.severity), ("Phase", message.phase)]
    body: list[dict[str, object]] = [
        {"type": "TextBlock", "text": _plain(message.subject), "weight": "Bolder", "size": "Medium", "wrap": True}
    ]
    body += [{"type": "TextBlock", "text": _plain(part), "wrap": True} for part in message.body.split("\n") if part]
    body.append({"type": "FactSet", "facts": [{"title": title, "value": value} for title, value in facts if value]})
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return Request("POST", "", {"type": "message", "attachments": [attachment]})


def _plain(text: str) -> str:
    """Keep a text from being read as Markdown, which a card would do."""
    return _MARKS.sub(r"\\\1", text)
