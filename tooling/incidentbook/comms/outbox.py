"""Messages that are on their way: noted before they are sent, so that a process that ends in between does not send one twice."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from incidentbook.comms.message import Message
from incidentbook.writer import state_folder, write_text

_FOLDER = "outbox"


def keep(root: Path, message: Message) -> None:
    """Note a message that is about to be sent."""
    plain = message._asdict() | {
        "at": message.at.isoformat(),
        "next_update": message.next_update.isoformat() if message.next_update else None,
    }
    write_text(state_folder(root) / _FOLDER / f"{message.id}.json", json.dumps(plain, ensure_ascii=False))


def forget(root: Path, message: Message) -> None:
    """Forget a message that is sent and in its record, or that nobody wants to send any more."""
    (root / ".incidentbook" / _FOLDER / f"{message.id}.json").unlink(missing_ok=True)


def pending(root: Path) -> list[Message]:
    """Return the messages of which nobody knows whether they were sent, the oldest first; other files are left alone."""
    found = []
    for path in sorted((root / ".incidentbook" / _FOLDER).glob("*.json")):
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
            times = {name: plain[name] and dt.datetime.fromisoformat(plain[name]) for name in ("at", "next_update")}
            found.append(Message(**{**plain, **times}))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found
