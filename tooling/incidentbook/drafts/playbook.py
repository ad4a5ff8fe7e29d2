"""A first draft of a playbook: steps that somebody wrote who has been there, with the names of the knowledge base."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from incidentbook import source
from incidentbook.errors import NotFoundError
from incidentbook.records.policy.services import Services
from incidentbook.repository import Repository
from incidentbook.yaml12 import dump

_FOLDER = Path(__file__).parent / "playbooks"
_MODELINE = "# yaml-language-server: $schema=../../schemas/playbook.schema.json\n"
_LONGEST = 64  # characters of a slug


def kinds() -> list[str]:
    """Return the types of incident that there is a draft for, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.yml"))


def draft(
    house: Repository, kind: str, *, title: str = "", services: Sequence[str] = (), owner: str = "", slug: str = ""
) -> tuple[str, str]:
    """Return where the playbook belongs, relative to the root, and its text.

    Args:
        house: whose services and teams it names.
        kind: a type of incident.
        title: of the playbook; that of the draft where it is empty.
        services: that it is for.
        slug: what it is called by; made from the title where it is empty.
        owner: the team that keeps it alive; else the one of the first service, else the first of the knowledge base.

    Raises:
        NotFoundError: there is no draft for that type.

    """
    if kind not in kinds():
        raise NotFoundError(
            f"There is no draft of a playbook for {kind}", hint=f"There are some for {', '.join(kinds())}."
        )
    plain: dict[str, Any] = source.load((_FOLDER / f"{kind}.yml").read_text(encoding="utf-8")).value
    named = title or plain["title"]
    slug = slug or _slug(named)
    front: dict[str, Any] = {"id": f"{kind}/{slug}", "title": named, "type": kind}
    if services:
        front["services"] = list(services)
    keeper = owner or _owner(house, services)
    front |= {"owner": keeper, "status": "draft"}
    front |= {key: plain[key] for key in ("severities", "triggers")}
    front |= {"review_every": "180d"} | {key: plain[key] for key in ("roles", "steps")} | {"escalate_to": keeper}
    text, body = dump(front), plain["body"]
    if services:
        text, body = (part.replace("SERVICE", services[0]) for part in (text, body))
    return f"playbooks/{kind}/{slug}.md", f"---\n{_MODELINE}{text}---\n\n{body}"


def _owner(house: Repository, services: Sequence[str]) -> str:
    known = house.policy(Services).services
    teams = [known[slug].team for slug in services if slug in known and known[slug].team]
    return next(iter([*teams, *house.knowledge_base.teams]), "on-call")


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:_LONGEST].rstrip("-") or "playbook"
