"""Small knowledge bases for tests: in memory from plain data, or written to a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidentbook import yaml12
from incidentbook.document import Document
from incidentbook.entry import POLICY_TYPES, Entry
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.records.playbook import Playbook
from incidentbook.records.postmortem import Postmortem
from incidentbook.repository import Repository

ROOT = Path(__file__).parents[1]  # this repository, which is a knowledge base too
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What one call of `inc` did."""

    status: int
    out: str
    err: str


Inc = Callable[..., Result]


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace the one place at which ``old`` stands in a file; line ends stay as they are."""
    before = (root / path).read_bytes()
    assert before.count(old.encode()) == 1, f"{old!r} stands {before.count(old.encode())} times in {path}"
    (root / path).write_bytes(before.replace(old.encode(), new.encode()))


def at(text: str) -> dt.datetime:
    """Return the time that ``text`` names: `2025-01-15 02:30` in UTC, or with an offset of its own."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def z(moment: dt.datetime) -> str:
    """Write a time as a record has it."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def incident(number: int = 1, started: str = "2025-01-10T00:00:00Z", **more: Any) -> Plain:
    """Return the plain data of an incident: a resolved SEV-2 that lasted an hour, changed by ``more``."""
    begin = at(started)
    plain: Plain = {
        "id": f"INC-2025-{number:03}",
        "title": f"Incident {number}",
        "status": "resolved",
        "severity": "sev2",
        "type": "availability",
        "services": ["api"],
        "milestones": {"started": started, "resolved": z(begin + dt.timedelta(hours=1))},
    }
    return plain | more


def phase(start: str, end: str | None, level: str = "outage", **more: Any) -> Plain:
    """Return the plain data of an impact phase."""
    return {"id": f"p-{start}", "level": level, "from": start} | ({"to": end} if end else {}) | more


def record(**plain: Any) -> Incident:
    """Return one typed incident."""
    made = build(Incident, plain)
    assert made is not None
    return made


def repo(
    *incidents: Plain, postmortems: Sequence[Plain] = (), playbooks: Sequence[Plain] = (), **policy: Plain
) -> Repository:
    """Return a knowledge base in memory; a policy is named by its file, `knowledge_base={…}`."""
    named = {name.replace("_", "-"): value for name, value in policy.items()}
    return Repository(
        Path("kb"),
        incidents=[_entry("incident", index, Incident, plain) for index, plain in enumerate(incidents)],
        postmortems=[_entry("postmortem", index, Postmortem, plain) for index, plain in enumerate(postmortems)],
        playbooks=[_entry("playbook", index, Playbook, plain) for index, plain in enumerate(playbooks)],
        policies={
            name: Entry(f"policy/{name}.yml", name, Document(""), build(POLICY_TYPES[name], value))
            for name, value in named.items()
        },
    )


def _entry(kind: str, index: int, cls: type[Any], plain: Plain) -> Entry[Any]:
    return Entry(f"{kind}s/{index}", kind, Document(""), build(cls, plain))


def write(root: Path, files: Mapping[str, object]) -> Path:
    """Write a knowledge base to ``root``: by path, text as it is, and data as YAML (front matter for `.md`)."""
    for name, value in {"policy/knowledge-base.yml": {"name": "Test", "time_zone": "UTC"}, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else yaml12.dump(value)
        if name.endswith(".md") and not isinstance(value, str):
            text = f"---\n{text}---\n"
        path.write_text(text, encoding="utf-8")
    return root
