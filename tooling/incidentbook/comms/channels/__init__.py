"""What each kind of channel takes, one module a kind: ``request(message)`` makes what is to be sent. No network here."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, NamedTuple

from incidentbook.comms.message import Message


class Request(NamedTuple):
    """What is sent to a channel.

    Attributes:
        method: POST or PATCH.
        path: below the channel's address; empty for the address itself.
        json: the body.

    """

    method: str
    path: str
    json: dict[str, Any]


def kinds() -> list[str]:
    """Return the kinds of channel that messages can be sent to, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def request(kind: str, message: Message) -> Request:
    """Return what a channel of ``kind`` takes for ``message``."""
    made: Request = importlib.import_module(f"{__name__}.{kind}").request(message)
    return made


def authorization(kind: str, token: str) -> str:
    """Return the value of the header by which a channel of ``kind`` knows who sends."""
    module = importlib.import_module(f"{__name__}.{kind}")
    return f"{getattr(module, 'SCHEME', 'Bearer')} {token}"
