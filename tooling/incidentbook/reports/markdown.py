"""A report as Markdown. Text goes through ``escape``, since what records say is not trusted to be Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Section


def render(sections: Sequence[Section], escape: Callable[[str], str], level: int = 2) -> str:
    """Return the sections as Markdown with headings from ``level`` on; the first section's title is left to the caller."""
    out: list[str] = []
    for index, section in enumerate(sections):
        if index:
            out.append(f"{'#' * level} {section.title}")
        for part in section.parts:
            if isinstance(part, Group):
                out.append(f"{'#' * (level + 1)} {escape(part.title)}")
                out += [block(item, escape) for item in part.blocks]
            else:
                out.append(block(part, escape))
    return "\n\n".join(out) + "\n"


def block(item: Block, escape: Callable[[str], str]) -> str:
    """Return one block as Markdown."""
    return "\n".join(_lines(item, escape))


def _lines(item: Block, escape: Callable[[str], str]) -> Iterator[str]:
    match item:
        case Fields(pairs=pairs):
            yield from (f"- **{escape(label)}:** {escape(value)}" for label, value in pairs)
        case Bullets(items=items):
            yield from (f"- {escape(text)}" for text in items)
        case Numbered(items=items):
            yield from (f"{number}. {escape(text)}" for number, text in enumerate(items, 1))
        case Log(rows=rows):
            yield "| Time | What happened |"
            yield "| --- | --- |"
            yield from (f"| {escape(time)} | {escape(text)} |" for time, text in rows)
        case Cards(items=cards):
            for number, (headline, pairs) in enumerate(cards, 1):
                yield f"{number}. **{escape(headline)}**"
                yield from (f"    - {escape(label)}: {escape(value)}" for label, value in pairs)
        case Paragraph(text=text):
            yield escape(text)
