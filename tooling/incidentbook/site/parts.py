"""Pieces that several pages show: chips, facts, tables, tiles. Arguments are safe Markdown unless they say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incidentbook.records.incident import Incident
from incidentbook.records.vocabulary import Severity, Status
from incidentbook.site import text

ANCHOR = " { #record }"
DASH = "\N{EN DASH}"
_LONG_TITLE = 120  # characters; imports bring whole messages as titles


def title(above: str, said: str) -> str:
    """Return the heading of a page, with a smaller line above it inside the heading; both are plain text."""
    name = text.escape(said, begins=False)
    shown = f'<span class="ib-long">{name}</span>' if len(said) > _LONG_TITLE else name
    return f'# <span class="ib-eyebrow">{text.escape(above, begins=False)}</span> {shown}'


def record_title(above: str, said: str) -> str:
    """Return the heading of the page of a record, whose anchor is short where its title is long."""
    return f"{title(above, said)}{ANCHOR}"


def chip(label: str, kind: str = "") -> str:
    """Return a small label; ``kind`` is one of our class names (``sev1``, ``open``, ``late``)."""
    extra = f" ib-chip--{kind}" if kind else ""
    return f'<span class="ib-chip{extra}">{text.escape(label)}</span>'


def severity(value: Severity | None) -> str:
    """Return the chip of a severity."""
    return chip(value.label, value.value) if value else chip("Unknown", "unclassified")


def status(incident: Incident) -> str:
    """Return the chip of an incident's status: open, over, or neither; nobody knows whether an unresolved import is open."""
    value = incident.status
    if value is None:
        return chip("Unknown")
    if value.is_open:
        return chip(value.value.capitalize(), "void" if incident.unresolved_when_last_seen else "open")
    return chip(value.value.capitalize(), "over" if value in (Status.RESOLVED, Status.CLOSED) else "void")


def marks(incident: Incident) -> str:
    """Return the chips of a drill and of a near miss; empty for a real incident."""
    found = [chip("Drill", "drill")] if incident.exercise else []
    return " ".join(found + ([chip("Near miss", "drill")] if incident.near_miss else []))


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return labels (plain text) with their values as a description list; those without a value are left out."""
    rows = [
        f'<div markdown="block"><dt>{text.escape(label)}</dt><dd markdown="span">{value}</dd></div>'
        for label, value in pairs
        if value
    ]
    return block("dl", "ib-facts", "\n".join(rows)) if rows else ""


def table(header: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a Markdown table; empty when there is no row. ``kind`` names its class, so that a phone shows it as cards."""
    lines = [f"| {' | '.join(cell or DASH for cell in row)} |" for row in rows]
    if not lines:
        return ""
    head = [f"| {' | '.join(header)} |", "|" + " --- |" * len(header)]
    made = "\n".join(head + lines)
    return block("div", f"ib-table ib-table--{kind}", made) if kind else made


def block(tag: str, kind: str, content: str) -> str:
    """Return ``content`` inside an element, still read as Markdown."""
    return f'<{tag} class="{kind}" markdown="block">\n\n{content}\n\n</{tag}>'


def tile(value: str, label: str, note: str = "", kind: str = "") -> str:
    """Return a figure to be read from afar: value, what it is (may be a link), and a line below."""
    lines = [
        f'<p class="ib-tile__label" markdown="span">{label}</p>',
        f'<p class="ib-tile__value" markdown="span">{value}</p>',
    ]
    if note:
        lines.append(f'<p class="ib-tile__note" markdown="span">{note}</p>')
    return block("div", f"ib-tile{f' ib-tile--{kind}' if kind else ''}", "\n".join(lines))


def tiles(items: Iterable[str], kind: str = "") -> str:
    """Return tiles in a row."""
    return block("div", f"ib-tiles{f' ib-tiles--{kind}' if kind else ''}", "\n\n".join(items))


def bullets(items: Iterable[str]) -> str:
    """Return a list without order."""
    return "\n".join(f"- {item}" for item in items)


def join(*pieces: str) -> str:
    """Return a page's content of the pieces that are not empty, a blank line between them."""
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def note(content: str, kind: str = "") -> str:
    """Return a paragraph set apart."""
    return f'<p class="ib-note{f" ib-note--{kind}" if kind else ""}" markdown="span">{content}</p>'
