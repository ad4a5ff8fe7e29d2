"""Finished pieces of HTML, each a block on one line, which Markdown hands on as it is: lean, and fast where there are thousands.

Values are safe HTML already (what `Place.finished` returns, or `text.escape`); labels are plain text unless a function says so.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence

from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Picture, Section
from incidentbook.site import text
from incidentbook.site.marks import MARK

Inline = Callable[[str], str]
DASH = "\N{EN DASH}"
_BLOCKS = (
    "<div",
    "<dl",
    "<ol",
    "<ul",
    "<p",
    "<figure",
    "<table",
    "<details",
)  # Markdown puts other elements into a paragraph


@functools.lru_cache(maxsize=4096)  # labels, names and times come again on every page
def said(value: str) -> str:
    """Return plain text for use inside an element."""
    return text.escape(value, begins=False)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return labels with their values as a description list; those without a value are left out."""
    rows = "".join(f"<div><dt>{said(label)}</dt><dd>{value}</dd></div>" for label, value in pairs if value)
    return block(rows, "ib-facts", "dl")


def bullets(items: Iterable[str], kind: str = "") -> str:
    """Return a list without order; empty when there is no item."""
    return block("".join(f"<li>{item}</li>" for item in items), kind, "ul")


def numbered(items: Iterable[str], kind: str = "") -> str:
    """Return a list with an order; empty when there is no item."""
    return block("".join(f"<li>{item}</li>" for item in items), kind, "ol")


def heading(title: str) -> str:
    """Return a smaller heading inside a part of a page; it is in no table of contents."""
    return f"<h3>{said(title)}</h3>"


def paragraph(content: str, kind: str = "") -> str:
    """Return a paragraph; empty when there is nothing to say."""
    return block(content, kind, "p")


def log(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return things with a time, in their order: (time in plain text, safe HTML, kind of thing or nothing)."""
    lines = "".join(
        f"<li{f' class={kind}' if kind.isalpha() else ''}><time>{said(time)}</time>{content}</li>"
        for time, content, kind in rows
    )
    return block(lines, "ib-times", "ol")


def tiles(found: Iterable[tuple[str, str, str]]) -> str:
    """Return figures in a row: (value, what it is, a line below), all plain text."""
    rows = "".join(
        f"<div><dt>{said(label)}</dt><dd>{said(value)}<small>{said(note)}</small></dd></div>"
        for value, label, note in found
    )
    return block(rows, "ib-strip", "dl")


def table(header: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "", *, headed: bool = False) -> str:
    """Return a table under plain headings; empty when there is no row.

    ``kind`` names its class, so that a phone shows cards. The first cell of each row is its heading where ``headed``.
    """
    lines = "".join(f"<tr>{_row(cells, headed=headed)}</tr>" for cells in rows)
    whole = f"<table>{columns_head(header)}<tbody>{lines}</tbody></table>"
    return block(whole if lines else "", f"ib-table ib-table--{kind}" if kind else "ib-table")


def columns_head(header: Iterable[str]) -> str:
    """Return the head of a table; the headings are plain."""
    cells = "".join(f'<th scope="col">{said(name)}</th>' for name in header)
    return f"<thead><tr>{cells}</tr></thead>"


def _row(cells: Sequence[str], *, headed: bool) -> str:
    first = f'<th scope="row">{cells[0] or DASH}</th>' if headed else f"<td>{cells[0] or DASH}</td>"
    return first + "".join(f"<td>{cell or DASH}</td>" for cell in cells[1:])


def details(summary: str, content: str, kind: str = "ib-details") -> str:
    """Return something that a reader opens; empty when it holds nothing."""
    return f'<details class="{kind}"><summary>{summary}</summary>{content}</details>' if content else ""


def block(content: str, kind: str, tag: str = "div") -> str:
    """Return an element of some kind; empty when it holds nothing."""
    named = f' class="{kind}"' if kind else ""
    return f"<{tag}{named}>{content}</{tag}>" if content else ""


def part(title: str, *pieces: str) -> str:
    """Return a part of a page under a second-level heading in Markdown; empty when it holds nothing."""
    content = "".join(pieces)
    return f"## {text.escape(title)}\n\n{wrapped(content)}" if content else ""


def wrapped(content: str) -> str:
    """Return HTML as a block that Markdown hands on; empty when there is none."""
    return f"{MARK}{content if content.startswith(_BLOCKS) else f'<div>{content}</div>'}" if content else ""


def columns(found: Iterable[tuple[str, str]]) -> str:
    """Return parts, each under a smaller heading, side by side where there is room: (title, content); empty ones are left out."""
    made = "".join(f"<div>{heading(title)}{content}</div>" for title, content in found if content)
    return block(made, "ib-cols")


def section(made: Section, inline: Inline) -> str:
    """Return what stands in a section of a report: blocks, then groups side by side."""
    blocks = [report_block(item, inline) for item in made.parts if not isinstance(item, Group)]
    groups = [item for item in made.parts if isinstance(item, Group)]
    grouped = columns((item.title, "".join(report_block(inner, inline) for inner in item.blocks)) for item in groups)
    return "".join([*blocks, grouped])


def report_block(item: Block, inline: Inline) -> str:
    """Return one block of a report; ``inline`` makes safe HTML of its texts."""
    match item:
        case Fields(pairs=pairs):
            return facts((label, inline(value)) for label, value in pairs)
        case Log(rows=rows):
            return log((time, inline(content), "") for time, content in rows)
        case Cards(items=cards):
            return numbered((_card(headline, pairs, inline) for headline, pairs in cards), "ib-cards")
        case Bullets(items=items):
            return bullets(map(inline, items))
        case Numbered(items=items):
            return numbered(map(inline, items))
        case Paragraph(text=content):
            return paragraph(inline(content))
        case Picture(title=title, text=content):
            return paragraph(f"<strong>{said(title)}:</strong> {inline(content)}")


def _card(headline: str, pairs: Sequence[tuple[str, str]], inline: Inline) -> str:
    return f"<strong>{inline(headline)}</strong>{facts((label, inline(value)) for label, value in pairs)}"
