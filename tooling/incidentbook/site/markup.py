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
_BLOCKS = ("<div", "<dl", "<ol", "<ul", "<p", "<figure", "<table")  # Markdown puts other elements into a paragraph


@functools.lru_cache(maxsize=4096)  # labels, names and times come again on every page
def said(value: str) -> str:
    """Return plain text for use inside an element."""
    return text.escape(value, begins=False)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return labels with their values as a description list; those without a value are left out."""
    rows = "".join(f"<div><dt>{said(label)}</dt><dd>{value}</dd></div>" for label, value in pairs if value)
    return f'<dl class="ib-facts">{rows}</dl>' if rows else ""


def bullets(items: Iterable[str], kind: str = "") -> str:
    """Return a list without order; empty when there is no item."""
    return _list("ul", items, kind)


def numbered(items: Iterable[str], kind: str = "") -> str:
    """Return a list with an order; empty when there is no item."""
    return _list("ol", items, kind)


def _list(tag: str, items: Iterable[str], kind: str) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items)
    named = f' class="{kind}"' if kind else ""
    return f"<{tag}{named}>{rows}</{tag}>" if rows else ""


def heading(title: str) -> str:
    """Return a smaller heading inside a part of a page; it is in no table of contents."""
    return f"<h3>{said(title)}</h3>"


def paragraph(content: str, kind: str = "") -> str:
    """Return a paragraph; empty when there is nothing to say."""
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}>{content}</p>" if content else ""


def log(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return things with a time, in their order: (time in plain text, safe HTML, kind of thing or nothing)."""
    lines = "".join(
        f"<li{f' class={kind}' if kind.isalpha() else ''}><time>{said(time)}</time>{content}</li>"
        for time, content, kind in rows
    )
    return f'<ol class="ib-times">{lines}</ol>' if lines else ""


def tiles(found: Iterable[tuple[str, str, str]]) -> str:
    """Return figures in a row: (value, what it is, a line below), all plain text."""
    rows = "".join(
        f"<div><dt>{said(label)}</dt><dd>{said(value)}<small>{said(note)}</small></dd></div>"
        for value, label, note in found
    )
    return f'<dl class="ib-strip">{rows}</dl>' if rows else ""


def table(header: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> str:
    """Return a table of cells that are safe HTML, under plain headings; ``kind`` names its class, so that a phone shows cards."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell or DASH}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th>{said(name)}</th>" for name in header)
    whole = f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    return block(whole if lines else "", f"ib-table ib-table--{kind}")


def block(content: str, kind: str, tag: str = "div") -> str:
    """Return something set apart; empty when it holds nothing."""
    return f'<{tag} class="{kind}">{content}</{tag}>' if content else ""


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
    return f'<div class="ib-cols">{made}</div>' if made else ""


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
