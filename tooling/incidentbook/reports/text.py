"""A report as plain text for a terminal: 80 columns, headings underlined, nothing that needs colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Picture, Section
from incidentbook.terminal_text import printable


def render(sections: Sequence[Section], width: int = 80) -> str:
    """Return the report as text, lines no longer than ``width`` where words allow it, with a line end."""
    blocks: list[str] = []
    for index, section in enumerate(sections):
        title = section.title if index == 0 else f"{section.title.upper()}:"
        parts = [title + "\n" + "─" * min(max(len(title), 12), width)]
        parts += [_part(part, width) for part in section.parts]
        separator = "\n\n" if any(isinstance(part, Group) for part in section.parts) else "\n"
        blocks.append(parts[0] + "\n" + separator.join(parts[1:]))
    return "\n\n".join(blocks) + "\n"


def _part(part: Block | Group, width: int) -> str:
    if isinstance(part, Group):
        return f"{part.title}:\n" + "\n".join(_block(block, width) for block in part.blocks)
    return _block(part, width)


def _block(block: Block, width: int) -> str:
    if isinstance(block, Picture):
        block = Paragraph(f"{block.title}: {block.text}")
    return "\n".join(_lines(block, width))


def _lines(block: Block, width: int) -> Iterator[str]:
    match block:
        case Fields(pairs=pairs):
            for label, value in pairs:
                yield _wrap(f"{label}: {value}", "", "  ", width)
        case Bullets(items=items):
            for item in items:
                yield _wrap(item, "• ", "  ", width)
        case Numbered(items=items):
            for number, item in enumerate(items, 1):
                yield _wrap(item, f"{number}. ", "   ", width)
        case Log(rows=rows):
            for time, text in rows:
                yield _wrap(text, f"{time} - ", "  ", width)
        case Cards(items=cards):
            for number, (headline, pairs) in enumerate(cards, 1):
                yield _wrap(headline, f"{number}. ", "   ", width)
                yield from (_wrap(f"{label}: {value}", "   ", "     ", width) for label, value in pairs)
        case Paragraph(text=text):
            yield _wrap(text, "", "", width)


def _wrap(text: str, first: str, rest: str, width: int) -> str:
    clean = printable(text)
    return textwrap.fill(
        clean, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
