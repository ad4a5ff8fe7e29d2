"""Markdown bodies of post-mortems and playbooks, written again as finished HTML of which a browser runs nothing.

The body is parsed as CommonMark and written anew from its tokens: headings, lists, tables, code, quotes, emphasis and links. What
is not one of these does not come through. HTML shows as the text that it is; attributes, scripts, images and other schemes than
the web's have no way to be written. Headings and blocks of code stay Markdown, for the theme's table of contents and highlighter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentbook.site import markup, text
from incidentbook.site.links import Place

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CODE = ("fence", "code_block")
_WRAPPED = {"strong": "strong", "em": "em", "s": "del"}


def rewrite(body: str, place: Place, source: str, shallowest: int = 2) -> str:
    """Return a body as safe Markdown, most of it blocks of finished HTML.

    Args:
        body: Markdown as it was written.
        place: the page that it will stand on.
        source: the file it came from, relative to the root: links between files become links between pages.
        shallowest: the level that the body's highest heading may have.

    """
    parts: list[str] = []
    blocks: list[str] = []
    writer = _Writer(place.finished, source)
    for node in _parsed(body):
        if node.type != "heading" and node.type not in _CODE:
            blocks.append(_block(node, writer))
            continue
        parts += [markup.wrapped("".join(blocks))]
        parts += [_heading(node, _Writer(place, source), shallowest) if node.type == "heading" else _fence(node)]
        blocks.clear()
    return "\n\n".join(part for part in (*parts, markup.wrapped("".join(blocks))) if part) + "\n"


def html(body: str, place: Place) -> str:
    """Return a body in which no heading leads a part of a page as finished HTML on one line."""
    return _blocks(_parsed(body), _Writer(place.finished, ""))


def _parsed(body: str) -> list[SyntaxTreeNode]:
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - only the site needs it

    return SyntaxTreeNode(_parser().parse(body)).children


class _Writer:
    """What every block needs to be written."""

    def __init__(self, place: Place, source: str) -> None:
        self.place, self.source = place, source

    def inline(self, node: SyntaxTreeNode) -> str:
        """Write the inline content of a block."""
        joined = "".join(self.piece(child) for child in node.children)
        return " ".join(joined.split())

    def piece(self, node: SyntaxTreeNode, *, linked: bool = False) -> str:
        """Write one inline node; ``linked`` inside the label of a link, where no other link may stand."""
        inner = "".join(self.piece(child, linked=linked or node.type == "link") for child in node.children)
        match node.type:
            case "text":
                return self.words(node.content, linked=linked)
            case "softbreak" | "hardbreak":
                return " " if node.type == "softbreak" else "<br> "
            case "code_inline":
                return f"<code>{text.escape(node.content)}</code>"
            case "strong" | "em" | "s":
                return f"<{_WRAPPED[node.type]}>{inner}</{_WRAPPED[node.type]}>"
            case "link":
                return self.link(str(node.attrs.get("href", "")), inner)
            case "image":
                return self.link(str(node.attrs.get("src", "")), text.escape(node.content or "image"))
            case "html_inline":
                return "<br>" if _BREAK.fullmatch(node.content) else text.escape(node.content)
            case _:
                return inner or text.escape(node.content)

    def words(self, content: str, *, linked: bool) -> str:
        """Write text; blanks at its ends separate it from its neighbours."""
        if not content.strip():
            return " " if content else ""
        lead, trail = " " if content[0].isspace() else "", " " if content[-1].isspace() else ""
        return f"{lead}{text.escape(content) if linked else self.place.line(content)}{trail}"

    def link(self, href: str, label: str) -> str:
        """Write a link to a page, or out; anything else is only its label. Pictures are links: none is loaded from elsewhere."""
        page = self.place.page_of(self.source, href)
        if page:
            return self.place.to(page, label)
        return text.link_out(href, label)


def _blocks(nodes: list[SyntaxTreeNode], writer: _Writer) -> str:
    return "".join(_block(node, writer) for node in nodes)


def _block(node: SyntaxTreeNode, writer: _Writer) -> str:
    write = _BLOCKS.get(node.type)
    if write:
        return write(node, writer)
    return markup.paragraph(text.escape(node.content)) if node.content else _blocks(node.children, writer)


def _heading(node: SyntaxTreeNode, writer: _Writer, shallowest: int) -> str:
    level = min(max(int(node.tag[1]), shallowest), 6)
    return f"{'#' * level} {_text(node, writer)}"


def _text(node: SyntaxTreeNode, writer: _Writer) -> str:
    return "".join(writer.inline(child) for child in node.children)


def _paragraph(node: SyntaxTreeNode, writer: _Writer) -> str:
    """Write a paragraph; that of a list without blank lines is no element of its own."""
    return _text(node, writer) if node.hidden else markup.paragraph(_text(node, writer))


def _list(node: SyntaxTreeNode, writer: _Writer) -> str:
    items = "".join(f"<li>{_blocks(item.children, writer) or '&nbsp;'}</li>" for item in node.children)
    start = f' start="{node.attrs["start"]}"' if "start" in node.attrs else ""
    return f"<{node.tag}{start}>{items}</{node.tag}>"


def _fence(node: SyntaxTreeNode) -> str:
    language = _LANGUAGE.match(node.info.strip()) if node.info else None
    longest = max((len(run) for run in re.findall(r"`+", node.content)), default=0)
    fence = "`" * max(3, longest + 1)
    content = node.content.rstrip("\n").replace("\x02", "").replace("\x03", "")
    return f"{fence}{language[0] if language else 'text'}\n{content}\n{fence}"


def _code(node: SyntaxTreeNode, writer: _Writer) -> str:
    del writer
    return f"<pre><code>{text.code(node.content).replace(chr(10), '&#10;')}</code></pre>"


def _quote(node: SyntaxTreeNode, writer: _Writer) -> str:
    return markup.block(_blocks(node.children, writer), "", "blockquote")


def _table(node: SyntaxTreeNode, writer: _Writer) -> str:
    rows = [[_text(cell, writer) for cell in row.children] for part in node.children for row in part.children]
    head, *lines = (
        "".join(f"<{tag}>{cell}</{tag}>" for cell in row)
        for tag, row in zip(["th", *["td"] * len(rows)], rows, strict=False)
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html(node: SyntaxTreeNode, writer: _Writer) -> str:
    del writer
    return markup.paragraph(text.clean_html(node.content))


_BLOCKS: dict[str, Callable[[SyntaxTreeNode, _Writer], str]] = {
    "heading": lambda node, writer: markup.paragraph(f"<strong>{_text(node, writer)}</strong>"),
    "paragraph": _paragraph,
    "bullet_list": _list,
    "ordered_list": _list,
    "fence": _code,
    "code_block": _code,
    "blockquote": _quote,
    "table": _table,
    "hr": lambda _node, _writer: "<hr>",
    "html_block": _html,
}


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only the site needs it

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
