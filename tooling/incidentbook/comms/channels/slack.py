"""Slack, by an incoming webhook. Source: Slack's reference of incoming webhooks, Block Kit and text formatting."""

from __future__ import annotations

import textwrap

from incidentbook.comms.channels import Request
from incidentbook.comms.message import Message

_HEADER, _SECTION = 150, 3000  # characters that a block may have


def request(message: Message) -> Request:
    """Return a message of blocks, with plain text for notifications."""
    header = textwrap.shorten(message.subject, _HEADER, placeholder="…")
    text = _escaped(message.body)
    sections = [text[start : start + _SECTION] for start in range(0, len(text), _SECTION)]
    blocks: list[dict[str, object]] = [{"type": "header", "text": {"type": "plain_text", "text": header}}]
    blocks += [{"type": "section", "text": {"type": "mrkdwn", "text": part}} for part in sections]
    note = " · ".join(part for part in (message.incident, message.severity, message.phase) if part)
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": _escaped(note)}]})
    return Request("POST", "", {"text": _escaped(f"{message.subject}\n{message.body}"), "blocks": blocks})


def _escaped(text: str) -> str:
    """Escape the three characters by which Slack knows links and mentions."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
