"""Links between pages. They are written from what a view shows, so a link to a page that is not there cannot be written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any
from urllib.parse import urlencode

from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.repository import Repository
from incidentbook.site import known, text
from incidentbook.site.addresses import Addresses

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_REFERENCE = re.compile(
    r"(?P<url>https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}])"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?P<id>\bINC-[0-9]{4}-[0-9]{3,}\b|\bAI-[0-9]{4}-[0-9]{3,}-[0-9]+\b|\b[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*\b)"
)
_SIGNS = ("/", "`", "INC-", "AI-")  # no reference is without one of these


@frozen
class Directory:
    """Which page every record has.

    Attributes:
        incidents: path of the page by incident id.
        postmortems: path of the post-mortem's page by the id of an incident that it covers.
        playbooks: path of the page by playbook id.
        actions: anchor on the action board by the id of the item.
        services: path of the page by the service's name in records.
        factors: path of the page by the factor's term in the vocabulary.
        teams: path of the page by the team's name in records.
        sources: path of the page by path of the file in the knowledge base.
        folders: whether a page's address is a folder (``a/b/``) or a file (``a/b.html``); only finished HTML needs to know.

    """

    incidents: Mapping[str, str] = field(default_factory=dict)
    postmortems: Mapping[str, str] = field(default_factory=dict)
    playbooks: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    folders: bool = True

    def at(self, path: str) -> Place:
        """Return the place from which the page ``path`` writes its links."""
        return Place(self, path)


def directory(repo: Repository, *, folders: bool = True) -> Directory:
    """Give every record of a view its page. Of two records with one id the first is meant by it; both have a page."""
    used: set[str] = {"incidents/index.md", "postmortems/index.md", "playbooks/index.md"}
    sources: dict[str, str] = {}

    def assign(entry: Entry[Any], name: str) -> str:
        path = _free(name, used)
        sources[entry.path] = path
        return path

    incidents: dict[str, str] = {}
    for entry in repo.incidents:
        if entry.record:
            name = assign(entry, f"incidents/{stem(entry.record.id or _file_stem(entry.path))}")
            incidents.setdefault(entry.record.id, name)
    postmortems: dict[str, str] = {}
    actions: dict[str, str] = {}
    for postmortem in repo.postmortems:
        if postmortem.record:
            name = assign(postmortem, f"postmortems/{stem(_file_stem(postmortem.path))}")
            for incident in postmortem.record.incidents:
                postmortems.setdefault(incident, name)
            for item in postmortem.record.action_items:
                actions.setdefault(item.id, stem(item.id).lower())
    playbooks: dict[str, str] = {}
    for playbook in repo.playbooks:
        if playbook.record:
            parts = playbook.path.removeprefix("playbooks/").removesuffix(".md").split("/")
            name = assign(playbook, "/".join(["playbooks", *(stem(part) for part in parts)]))
            playbooks.setdefault(playbook.record.id, name)
    subjects = {
        kind: {slug: _free(f"{kind}/{stem(slug)}", used) for slug in listed(repo)}
        for kind, listed in (("services", known.services), ("factors", known.factors), ("teams", known.teams))
    }
    return Directory(incidents, postmortems, playbooks, actions, **subjects, sources=sources, folders=folders)


def _file_stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def stem(name: str) -> str:
    """Return a name as a part of a path: what is fit for one stays."""
    return _UNFIT.sub("-", name).strip(".-") or "record"


def _free(name: str, used: set[str]) -> str:
    path, number = f"{name}.md", 1
    while path.lower() in used:
        number += 1
        path = f"{name}-{number}.md"
    used.add(path.lower())
    return path


@frozen
class Place:
    """A page as the origin of links; everything it returns is safe Markdown, or finished HTML where that is asked for."""

    pages: Directory
    path: str
    html: bool = False

    @property
    def finished(self) -> Place:
        """The same place for blocks of finished HTML, in which no engine looks for links between files."""
        return Place(self.pages, self.path, html=True)

    def href(self, target: str, anchor: str = "") -> str:
        """Return the address of the page ``target`` as seen from this one's, for finished HTML."""
        return f"{self._served.page(target, self._here)}{f'#{anchor}' if anchor else ''}"

    def href_of_file(self, path: str) -> str:
        """Return the address of a file that is no page, ``path`` below the site's root, for finished HTML."""
        return self._served.file(path, self._here)

    @property
    def _served(self) -> Addresses:
        return Addresses(folders=self.pages.folders)

    @property
    def _here(self) -> str:
        return self._served.served(self.path)

    def to(self, target: str, label: str, anchor: str = "") -> str:
        """Return a link to the page ``target``; ``label`` is safe already."""
        if self.html:
            return self.link(target, label, anchor)
        relative = posixpath.relpath(target, posixpath.dirname(self.path) or ".")
        return f"[{label}]({relative}{f'#{anchor}' if anchor else ''})"

    def incident(self, incident_id: str, label: str = "") -> str:
        """Return a link to an incident, or only its label where the view has no such page."""
        return self._known(self.pages.incidents, incident_id, label)

    def postmortem(self, incident_id: str, label: str) -> str:
        """Return a link to the post-mortem that covers an incident, or only the label."""
        return self._known(self.pages.postmortems, incident_id, label)

    def playbook(self, playbook_id: str, label: str = "") -> str:
        """Return a link to a playbook, or only its label."""
        return self._known(self.pages.playbooks, playbook_id, label)

    def action(self, action_id: str) -> str:
        """Return a link to an item's row on the action board, or only its id."""
        anchor = self.pages.actions.get(action_id)
        label = text.escape(action_id)
        return self.to("actions.md", label, anchor) if anchor and self.path != "actions.md" else label

    def _known(self, pages: Mapping[str, str], key: str, label: str) -> str:
        shown = label or text.escape(key)
        target = pages.get(key)
        return self.to(target, shown) if target and target != self.path else shown

    def service(self, slug: str, label: str = "") -> str:
        """Return a link to a service's page, or only its label where it has none; so do `factor` and `team`."""
        return self._known(self.pages.services, slug, label)

    def factor(self, slug: str, label: str = "") -> str:
        """Return a link to the page of a contributing factor, or only its label."""
        return self._known(self.pages.factors, slug, label)

    def team(self, slug: str, label: str = "") -> str:
        """Return a link to a team's page, or only its label."""
        return self._known(self.pages.teams, slug, label)

    def link(self, target: str, label: str, anchor: str = "", **query: str) -> str:
        """Return a link to the page ``target`` as finished HTML; ``label`` is safe already, ``query`` becomes a query string."""
        asked = f"?{urlencode(query).replace('&', '&amp;')}" if query else ""
        return f'<a href="{self.href(target)}{asked}{f"#{anchor}" if anchor else ""}">{label}</a>'

    def inline(self, value: str) -> str:
        """Return a record's text as safe inline Markdown: ids of records become links, addresses links out."""
        if text.is_html(value):
            return text.clean_html(value)
        return "<br> ".join(self.line(line) for line in value.strip().splitlines() if line.strip())

    def line(self, line: str) -> str:
        """Return one line of plain text, with its references as links."""
        clean = text.plain(line)
        if not any(sign in clean for sign in _SIGNS):
            return text.escaped(clean)
        out, reached = [], 0
        for match in _REFERENCE.finditer(clean):
            made = self._reference(match)
            if made is not None:
                out += [_middle(clean[reached : match.start()], first=reached == 0), made]
                reached = match.end()
        out.append(_middle(clean[reached:], first=reached == 0))
        return "".join(out)

    def _reference(self, match: re.Match[str]) -> str | None:
        if match["url"]:
            return text.link_out(match["url"], text.escape(match["url"]))
        if match["code"]:
            return f"<code>{text.escape(match['code'])}</code>"
        name, pages = match["id"], self.pages
        if name in pages.incidents:
            return self.incident(name)
        if name in pages.actions:
            return self.action(name)
        return self.playbook(name) if name in pages.playbooks else None

    def page_of(self, source: str, href: str) -> str | None:
        """Return the page that a relative link in the file ``source`` means, or None where it means none."""
        path = href.partition("#")[0]
        if not path or ":" in path or path.startswith("/"):
            return None
        return self.pages.sources.get(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))


def _middle(part: str, *, first: bool) -> str:
    """Escape a part of a line, keeping the blanks at its ends."""
    if not part.strip():
        return " " if part else ""
    escaped = text.escape(part, begins=first)
    return f"{' ' if part[0] == ' ' else ''}{escaped}{' ' if part[-1] == ' ' else ''}"
