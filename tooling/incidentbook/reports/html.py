"""A report as one HTML page that needs nothing else: readable on a screen, in the dark, on paper and by a screen reader."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Picture, Section
from incidentbook.terminal_text import printable

_STYLE = Path(__file__).parent / "report.css"


def render(sections: Sequence[Section], *, title: str, organisation: str = "") -> str:
    """Return the page.

    Args:
        sections: of the report; the first one's title is the page's heading.
        title: of the page, for tabs and search.
        organisation: whose report it is, in the foot.

    """
    body = "\n".join(line for index, item in enumerate(sections) for line in _section(item, index))
    foot = f"<footer><p>{_escaped(organisation)}</p></footer>\n" if organisation else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_escaped(title)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n{foot}</body>\n</html>\n"
    )


def _escaped(text: str) -> str:
    return html.escape(printable(text))


def _section(item: Section, index: int) -> Iterator[str]:
    name = f"s{index}"
    yield f'<section aria-labelledby="{name}">'
    yield (
        f'<h1 id="{name}">{_escaped(item.title)}</h1>' if index == 0 else f'<h2 id="{name}">{_escaped(item.title)}</h2>'
    )
    for part in item.parts:
        if isinstance(part, Group):
            yield f"<h3>{_escaped(part.title)}</h3>"
            yield from map(_block, part.blocks)
        else:
            yield _block(part)
    yield "</section>"


def _block(block: Block) -> str:
    match block:
        case Fields(pairs=pairs):
            return _facts(pairs)
        case Bullets(items=items):
            return f"<ul>{''.join(f'<li>{_escaped(said)}</li>' for said in items)}</ul>"
        case Numbered(items=items):
            return f"<ol>{''.join(f'<li>{_escaped(said)}</li>' for said in items)}</ol>"
        case Log(rows=rows):
            lines = "".join(
                f'<tr><th scope="row">{_escaped(time)}</th><td>{_escaped(said)}</td></tr>' for time, said in rows
            )
            head = '<thead><tr><th scope="col">Time</th><th scope="col">Entry</th></tr></thead>'
            return f'<table class="log">{head}<tbody>{lines}</tbody></table>'
        case Cards(items=cards):
            made = (f"<li><strong>{_escaped(headline)}</strong>{_facts(pairs)}</li>" for headline, pairs in cards)
            return f'<ol class="cards">{"".join(made)}</ol>'
        case Paragraph(text=text):
            return f"<p>{_escaped(text)}</p>"
        case Picture():
            return _picture(block)


def _picture(picture: Picture) -> str:
    head = f"<p><strong>{_escaped(picture.title)}.</strong> {_escaped(picture.text)}</p>"
    if not picture.svg:
        return head
    foot = "<br>".join(map(_escaped, picture.foot))
    return f"{head}<figure>{picture.svg.strip()}<figcaption>{foot}</figcaption></figure>"


def _facts(pairs: Sequence[tuple[str, str]]) -> str:
    if not pairs:
        return ""
    return f"<dl>{''.join(f'<div><dt>{_escaped(label)}</dt><dd>{_escaped(value)}</dd></div>' for label, value in pairs)}</dl>"
