"""Any program that takes JSON: one object a message."""

from __future__ import annotations

from incidentbook.comms.channels import Request
from incidentbook.comms.message import Message
from incidentbook.records.time import utc_text


def request(message: Message) -> Request:
    """Return the message as it is; times are RFC 3339 in UTC, and `next_update` is null where nothing is promised."""
    plain = {
        "event": "incident.message",
        "id": message.id,
        "incident": message.incident,
        "severity": message.severity,
        "audience": message.audience,
        "channel": message.channel,
        "phase": message.phase,
        "subject": message.subject,
        "body": message.body,
        "at": utc_text(message.at),
        "next_update": utc_text(message.next_update) if message.next_update else None,
    }
    return Request("POST", "", plain)
