"""What a text has around its content: byte-order mark, line ends, a last line end, and the fences of front matter. No I/O."""

from __future__ import annotations

from typing import NamedTuple

from incidentbook import source
from incidentbook.merge.read import UnweavableError

_MARK = "\ufeff"


class Shape(NamedTuple):
    """How a text is stored."""

    mark: bool
    newline: str
    ended: bool


class Parts(NamedTuple):
    """A text by its parts; ``opening``, ``fence`` and ``body`` are empty for one that is YAML throughout."""

    opening: str
    yaml: str
    fence: str
    body: str


def take(text: str) -> tuple[Shape, str]:
    """Return the shape of ``text``, and the text without it: lines end in a line feed, the last one too.

    Raises:
        UnweavableError: its lines end in more than one way.

    """
    content = text.removeprefix(_MARK)
    newline = "\r\n" if "\r\n" in content else "\n"
    plain = content.replace("\r\n", "\n")
    if "\r" in plain or plain.replace("\n", newline) != content:
        raise UnweavableError("its lines end in more than one way")
    ended = not plain or plain.endswith("\n")
    return Shape(text.startswith(_MARK), newline, ended), plain if ended else f"{plain}\n"


def give(text: str, shape: Shape) -> str:
    """Return ``text`` in that shape."""
    if not shape.ended:
        text = text.removesuffix("\n")
    return f"{_MARK if shape.mark else ''}{text.replace(chr(10), shape.newline)}"


def agreed(base: Shape, ours: Shape, theirs: Shape) -> Shape:
    """Return ours, with what only theirs has changed."""
    mark, newline, ended = (
        b if b == o == t else t if o == b else o for b, o, t in zip(base, ours, theirs, strict=True)
    )
    return Shape(bool(mark), str(newline), bool(ended))


def split(text: str, *, markdown: bool) -> Parts:
    """Return the parts of a text without its shape.

    Raises:
        UnweavableError: it is Markdown, and has no front matter.

    """
    if not markdown:
        return Parts("", text, "", "")
    document = source.load_front_matter(text)
    if document.yaml_end <= document.yaml_offset:
        raise UnweavableError("it has no front matter")
    behind = len(text) - len(document.body)
    yaml = text[document.yaml_offset : document.yaml_end]
    return Parts(text[: document.yaml_offset], yaml, text[document.yaml_end : behind], document.body)


def is_final(text: str) -> bool:
    """Whether a YAML text says the same without its last line end."""
    return bool(source.load(text).value == source.load(text.removesuffix("\n")).value)
