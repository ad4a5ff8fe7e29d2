"""Reading the Markdown that people write, and plain text made safe for it. No rendering."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKS = re.compile(r"([\\`*_\[\]<>&|~$])")
_BEGINS = re.compile(r"^([#+=-]|[0-9]{1,9}[.)](?= |$))")


def escape(text: str) -> str:
    """Return ``text`` on one line with every mark that Markdown might read as syntax escaped (CommonMark, section 2.4)."""
    plain = _MARKS.sub(r"\\\1", printable(text))
    begun = _BEGINS.match(plain)
    return f"{plain[: begun.end() - 1]}\\{plain[begun.end() - 1 :]}" if begun else plain


def calling_nobody(text: str) -> str:
    """Return Markdown that no ``@name`` in it calls: where GitHub shows it, each time that it is written would be a message."""
    return text.replace("@", "@\N{WORD JOINER}")


@functools.lru_cache(maxsize=16_384)  # a site asks for those of a post-mortem on each page that learns from it
def headings(body: str) -> Mapping[str, tuple[str, ...]]:
    """Return the list items under each second-level heading, by the heading's text in lower case.

    An item is its text as written, Markdown included, on one line; nested lists belong to the item above them.
    """
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    tokens = _parser().parse(body)
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            current = found.setdefault(tokens[index + 1].content.strip().lower(), [])
        elif token.type == "list_item_open" and token.level == 1 and current is not None:
            current.append(_item(tokens, index))
    return MappingProxyType({title: tuple(items) for title, items in found.items()})


def frame(text: str) -> Sequence[Token]:
    """Return the blocks of a Markdown text, with their lines; of what is in them only code and HTML are taken apart."""
    return _frame_parser().parse(text)


def _item(tokens: Sequence[Token], start: int) -> str:
    """Return the text of the list item that opens at ``start``."""
    parts: list[str] = []
    for token in tokens[start + 1 :]:
        if token.type == "list_item_close" and token.level == tokens[start].level:
            break
        if token.type == "inline":
            parts.append(" ".join(token.content.split()))
    return "; ".join(parts)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only reports need it

    return MarkdownIt("commonmark")


@functools.cache
def _frame_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as above

    # brackets and asterisks without end take the parser a time that grows with the square of their number
    return MarkdownIt("commonmark").disable(["link", "image", "emphasis"])
