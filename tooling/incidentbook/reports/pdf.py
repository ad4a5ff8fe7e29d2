"""A report as a tagged PDF (PDF/UA-1), set by Typst: the same bytes for the same report."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Picture, Section
from incidentbook.terminal_text import printable

_TEMPLATE = Path(__file__).parent / "report.typ"


def render(
    sections: Sequence[Section],
    *,
    title: str,
    organisation: str,
    now: dt.datetime,
    tell: Callable[[str], None] = lambda _: None,
) -> bytes:
    """Return the document.

    Args:
        sections: of the report; the first one's title is the document's heading.
        title: of the document, and what stands at the head of each page but the first.
        organisation: whose report it is; the document's author.
        now: when it is made, by the knowledge base's clock.
        tell: is told where the document is not what it should be.

    The fonts that come with Typst have no Chinese and no emoji: where one is needed the machine's are tried, too.

    """
    import typst  # noqa: PLC0415 - 40 MB that only a PDF needs

    lacking = ""
    tries: tuple[tuple[bool, Literal["ua-1"] | None], ...] = ((False, "ua-1"), (True, "ua-1"), (True, None))
    for machine, standard in tries:
        try:
            made: bytes = typst.compile(
                str(_TEMPLATE),
                format="pdf",
                sys_inputs=_inputs(sections, title, organisation, now),
                ignore_system_fonts=not machine,
                pdf_standards=standard,
                timestamp=int(now.timestamp()),
            )
        except typst.TypstError as error:
            if "could not be displayed" not in str(error) or standard is None:
                raise
            lacking = str(error).partition('`"')[2].partition('"`')[0]
            continue
        if standard is None:
            tell(f"no font on this machine has {lacking!r}, so the PDF shows a box there and does not keep to PDF/UA")
        return made
    raise AssertionError  # the last try ends in a document or an error


def _inputs(sections: Sequence[Section], title: str, organisation: str, now: dt.datetime) -> dict[str, str]:
    data = {
        "title": _heading(title),
        "author": printable(organisation),
        "made": f"As of {now:%Y-%m-%d %H:%M} UTC",
        "sections": [
            {
                "level": 1 if index == 0 else 2,
                "title": _heading(item.title),
                "parts": [_part(part) for part in item.parts],
            }
            for index, item in enumerate(sections)
        ],
    }
    return {"report": json.dumps(data)}


def _heading(text: str) -> str:
    """Return a heading that has a letter, as PDF/UA-1 asks."""
    return printable(text) or "*"


def _part(part: Block | Group) -> dict[str, Any]:
    if isinstance(part, Group):
        return {"kind": "group", "title": _heading(part.title), "items": [_block(block) for block in part.blocks]}
    return _block(part)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Fields(pairs=pairs):
            return {"kind": "fields", "items": _pairs(pairs)}
        case Bullets(items=items):
            return {"kind": "bullets", "items": [printable(said) for said in items]}
        case Numbered(items=items):
            return {"kind": "numbered", "items": [printable(said) for said in items]}
        case Log(rows=rows):
            return {"kind": "log", "items": _pairs(rows)}
        case Cards(items=cards):
            return {"kind": "cards", "items": [[printable(headline), _pairs(pairs)] for headline, pairs in cards]}
        case Paragraph(text=text):
            return {"kind": "paragraph", "items": printable(text)}
        case Picture(title=title, text=text, foot=foot, svg=svg):
            told = {"title": printable(title), "text": printable(text), "foot": [printable(line) for line in foot]}
            return {"kind": "picture", "items": {**told, "svg": svg}}


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [[printable(label), printable(value)] for label, value in pairs]
