"""Statuspage: the first message makes an incident, later ones update it. Source: the Statuspage API, version 1, "Incidents".

The address is that of the page: `https://api.statuspage.io/v1/pages/PAGE`.
"""

from __future__ import annotations

from urllib.parse import quote

from incidentbook.comms.channels import Request
from incidentbook.comms.message import Message

SCHEME = "OAuth"


def request(message: Message) -> Request:
    """Return a new incident, or an update of the one that the page knows."""
    incident = {"body": message.body}
    if message.phase != "update":
        incident["status"] = message.phase
    if message.earlier:
        return Request("PATCH", f"/incidents/{quote(message.earlier, safe='')}", {"incident": incident})
    return Request("POST", "/incidents", {"incident": {"name": message.subject, "status": "investigating"} | incident})
