"""The services that an import meets: known ones by their slug, new ones as edits of the policy files. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from incidentbook import edit, source
from incidentbook.errors import EditError
from incidentbook.importers import _values as values
from incidentbook.importers._model import Draft, ServiceRef

TEAM = "unassigned"
_TEAM_ENTRY = {
    "name": "Unassigned",
    "description": "Nobody yet. Services that an import met start here, until a team takes them over.",
}


@dataclass(slots=True)
class Book:
    """The services that policy knows, and those that this import adds.

    A slug that policy has without ``provenance`` is the organisation's own and is meant by that name. One that came from another
    page is another service, so the page's name goes before its slug and behind its name.
    """

    known: dict[str, Mapping[str, Any]]
    fixed: tuple[str, ...] = ()
    added: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_id: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = _ids(self.known)

    def find(self, draft: Draft) -> tuple[list[str], dict[str, dict[str, Any]]]:
        """Return the slugs of a draft's services, each once, and the entries of those that policy does not have yet."""
        if self.fixed:
            missing = [slug for slug in self.fixed if slug not in self.known]
            return list(dict.fromkeys(self.fixed)), {slug: {"name": slug, "team": TEAM} for slug in missing}
        slugs: list[str] = []
        fresh: dict[str, dict[str, Any]] = {}
        for service in draft.services:
            slug, entry = self._find_one(service, draft.record["provenance"], fresh)
            if slug not in slugs:
                slugs.append(slug)
            if entry is not None:
                fresh[slug] = entry
        return slugs, fresh

    def _find_one(
        self, service: ServiceRef, origin: Mapping[str, Any], fresh: Mapping[str, Mapping[str, Any]]
    ) -> tuple[str, dict[str, Any] | None]:
        """Return the slug of one service, and its entry where policy has none: by the id at the source, else by the name."""
        by_id = self.by_id.get((origin["source"], service.id))
        if by_id is not None and _is_of(self.known[by_id], origin):
            return by_id, None
        slug, name = values.slug(service.name), service.name
        entry = fresh.get(slug) or self.known.get(slug)
        if entry is not None and not _is_of(entry, origin):
            page = origin.get("page", "")
            slug, name = values.slug(f"{page} {service.name}"), f"{service.name} ({page})" if page else service.name
            entry = fresh.get(slug) or self.known.get(slug)
        return slug, (None if entry is not None else _entry(name, service.id, origin))

    def add(self, entries: Mapping[str, dict[str, Any]]) -> None:
        """Take new services in."""
        self.added.update(entries)
        self.known.update(entries)
        self.by_id.update(_ids(entries))


def _ids(entries: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the slugs of imported services by source and id there."""
    found = {}
    for slug, entry in entries.items():
        came = entry.get("provenance")
        if isinstance(came, Mapping) and came.get("id"):
            found[str(came.get("source")), str(came["id"])] = slug
    return found


def _page_id(origin: Mapping[str, Any]) -> str:
    original = origin.get("original")
    return str(original.get("page_id") or "") if isinstance(original, Mapping) else ""


def _is_of(entry: Mapping[str, Any], origin: Mapping[str, Any]) -> bool:
    """Whether a service is the organisation's own or came from that page: a page may change its name, or move to another id."""
    came = entry.get("provenance")
    if not isinstance(came, Mapping):
        return True
    same_id = _page_id(came) == _page_id(origin) != ""
    return came.get("source") == origin["source"] and (same_id or came.get("page", "") == origin.get("page", ""))


def _entry(name: str, source_id: str, origin: Mapping[str, Any]) -> dict[str, Any]:
    came = {"source": origin["source"], "id": source_id, "page": origin.get("page", "")}
    kept: dict[str, Any] = {key: value for key, value in came.items() if value}
    if _page_id(origin):
        kept["original"] = {"page_id": _page_id(origin)}
    return {"name": name, "team": TEAM, "provenance": kept}


def with_services(text: str | None, entries: Mapping[str, Mapping[str, Any]], effective_from: str) -> str:
    """Return the text of ``policy/services.yml`` with ``entries`` at its end; a new file where there is none.

    Raises:
        EditError: the file is not of the shape that a services policy has.

    """
    if text is None:
        modeline = "# yaml-language-server: $schema=../schemas/services.schema.json"
        text = f"{modeline}\neffective_from: {effective_from}\nservices: {{}}\n"
    return _with_keys(text, "services", entries)


def with_team(text: str) -> str:
    """Return the text of ``policy/knowledge-base.yml`` with the team that owns what nobody owns. Raises EditError."""
    return _with_keys(text, "teams", {TEAM: _TEAM_ENTRY})


def _with_keys(text: str, key: str, entries: Mapping[str, Mapping[str, Any]]) -> str:
    """Add mappings under ``key`` and leave every other byte as it is."""
    document = source.load(text)
    held = document.value.get(key) if isinstance(document.value, Mapping) else None
    if not isinstance(document.value, Mapping) or not (held is None or isinstance(held, Mapping)):
        raise EditError(f"`{key}` is not a mapping")
    if held:
        edits = [edit.set_value(document, [key, name], value) for name, value in entries.items()]
    else:
        edits = [edit.set_value(document, [key], dict(entries))]
    return edit.apply(document.text, edits)
