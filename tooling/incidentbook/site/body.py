"""Markdown bodies of post-mortems and playbooks, written again so that a browser runs nothing of them.

The body is parsed as CommonMark and written anew from its tokens: headings, lists, tables, code, quotes, emphasis and links. What
is not one of these does not come through. HTML shows as the text that it is; attributes, scripts, images and other schemes than
the web's have no way to be written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentbook.site import text
from incidentbook.site.links import Place

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_INDENT = " " * 4
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LISTS = ("bullet_list", "ordered_list")
_WRAPPED = {"strong": "strong", "em": "em", "s": "del"}


def rewrite(body: str, place: Place, source: str, shallowest: int = 2) -> str:
    """Return a body as safe Markdown.

    Args:
        body: Markdown as it was written.
        place: the page that it will stand on.
        source: the file it came from, relative to the root: links between files become links between pages.
        shallowest: the level that the body's highest heading may have.

    """
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - only the site needs it

    tree = SyntaxTreeNode(_parser().parse(body))
    return _blocks(tree.children, _Writer(place, source, shallowest)) + "\n"


class _Writer:
    """What every block needs to be written."""

    def __init__(self, place: Place, source: str, shallowest: int) -> None:
        self.place, self.source, self.shallowest = place, source, shallowest

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
    parts: list[str] = []
    before = ""
    for node in nodes:
        written = _block(node, writer)
        if written:
            # Two lists that follow each other would be read as one.
            parts += ["<!-- -->", written] if node.type in _LISTS and before in _LISTS else [written]
            before = node.type
    return "\n\n".join(parts)


def _block(node: SyntaxTreeNode, writer: _Writer) -> str:
    write = _BLOCKS.get(node.type)
    return (
        write(node, writer) if write else text.escape(node.content) if node.content else _blocks(node.children, writer)
    )


def _heading(node: SyntaxTreeNode, writer: _Writer) -> str:
    level = min(max(int(node.tag[1]), writer.shallowest), 6)
    return f"{'#' * level} {_text(node, writer)}"


def _text(node: SyntaxTreeNode, writer: _Writer) -> str:
    return "".join(writer.inline(child) for child in node.children)


def _list(node: SyntaxTreeNode, writer: _Writer) -> str:
    ordered = node.type == "ordered_list"
    items = []
    loose = False
    for number, item in enumerate(node.children, 1):
        loose = loose or any(child.type == "paragraph" and not child.hidden for child in item.children)
        content = _blocks(item.children, writer) or "&nbsp;"
        loose = loose or "\n\n" in content
        marker = f"{number}." if ordered else "-"
        items.append(marker.ljust(4) + content.replace("\n", f"\n{_INDENT}").replace(f"\n{_INDENT}\n", "\n\n"))
    return ("\n\n" if loose else "\n").join(items)


def _code(node: SyntaxTreeNode, writer: _Writer) -> str:
    del writer
    language = _LANGUAGE.match(node.info.strip()) if node.info else None
    longest = max((len(run) for run in re.findall(r"`+", node.content)), default=0)
    fence = "`" * max(3, longest + 1)
    content = node.content.rstrip("\n").replace("\x02", "").replace("\x03", "")
    return f"{fence}{language[0] if language else 'text'}\n{content}\n{fence}"


def _quote(node: SyntaxTreeNode, writer: _Writer) -> str:
    return "> " + _blocks(node.children, writer).replace("\n", "\n> ")


def _table(node: SyntaxTreeNode, writer: _Writer) -> str:
    rows = [[_text(cell, writer) or " " for cell in row.children] for part in node.children for row in part.children]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _html(node: SyntaxTreeNode, writer: _Writer) -> str:
    del writer
    return text.clean_html(node.content)


_BLOCKS: dict[str, Callable[[SyntaxTreeNode, _Writer], str]] = {
    "heading": _heading,
    "paragraph": _text,
    "bullet_list": _list,
    "ordered_list": _list,
    "fence": _code,
    "code_block": _code,
    "blockquote": _quote,
    "table": _table,
    "hr": lambda _node, _writer: "* * *",
    "html_block": _html,
}


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only the site needs it

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
