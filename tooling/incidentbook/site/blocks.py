"""Sections of the report on an incident, as Markdown for a page: the same sections that ``inc show`` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Picture, Section
from incidentbook.site import parts, text

Inline = Callable[[str], str]


def sections(items: Sequence[Section], inline: Inline) -> str:
    """Return sections under second-level headings, their groups under third-level ones."""
    return "\n\n".join(piece for item in items for piece in _section(item, inline))


def _section(item: Section, inline: Inline) -> Iterator[str]:
    yield f"## {text.escape(item.title)}"
    for part in item.parts:
        if isinstance(part, Group):
            yield f"### {text.escape(part.title)}"
            yield from (block(inner, inline) for inner in part.blocks)
        else:
            yield block(part, inline)


def block(item: Block, inline: Inline) -> str:
    """Return one block; ``inline`` makes safe Markdown of its texts."""
    match item:
        case Fields(pairs=pairs):
            return parts.facts((label, inline(value)) for label, value in pairs)
        case Log(rows=rows):
            return log((time, inline(said), "") for time, said in rows)
        case Cards(items=cards):
            made = (
                f"**{inline(headline)}**\n\n{parts.facts((a, inline(b)) for a, b in pairs)}"
                for headline, pairs in cards
            )
            return parts.block(
                "ol", "ib-cards", "\n".join(f'<li markdown="block">\n\n{card}\n\n</li>' for card in made)
            )
        case Bullets(items=items):
            return parts.bullets(inline(said) for said in items)
        case Numbered(items=items):
            return parts.numbered(inline(said) for said in items)
        case Paragraph(text=said):
            return inline(said)
        case Picture(title=title, text=said):
            return f"**{text.escape(title)}:** {inline(said)}"


def log(rows: Iterator[tuple[str, str, str]]) -> str:
    """Return things with a time, in their order: (time in plain text, safe Markdown, kind)."""
    lines = (
        f'<li class="ib-log__row{f" ib-log__row--{text.attribute(kind)}" if kind else ""}" markdown="block">'
        f'<p class="ib-log__time">{text.escape(time)}</p><p class="ib-log__text" markdown="span">{said}</p></li>'
        for time, said, kind in rows
    )
    return parts.block("ol", "ib-log", "\n".join(lines))
