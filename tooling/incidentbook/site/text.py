"""The one place where text from records becomes Markdown. Records are not trusted to be Markdown, HTML or harmless.

Whatever Markdown, HTML, Jinja or a Markdown extension might read as syntax becomes a character reference: it shows as written
and does nothing. HTML that came with an import is reduced by nh3 to a few inline tags and links.
"""

from __future__ import annotations

import html
import re

import nh3

_SPECIAL = "&<>*_[]{}\\|~^=$`"
_SYNTAX = re.compile(f"[{re.escape(_SPECIAL)}]")
_ESCAPES = str.maketrans({char: f"&#{ord(char)};" for char in _SPECIAL})
_IN_QUOTES = _ESCAPES | str.maketrans({char: f"&#{ord(char)};" for char in "\"'"})
# Inside markup that nh3 has cleaned, & < > and quotes are right as they are.
_MARKDOWN_ONLY = str.maketrans({char: f"&#{ord(char)};" for char in "*_[]{}\\|~^=$`"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_LINE_START = re.compile(r"[#+:!?/-]|[0-9]+[.)](?=\s|$)")
_TAG_NAMES = (
    "a|b|br|strong|em|i|code|p|div|span|small|var|u|ul|ol|li|h[1-6]|pre|table|tr|td|th|tbody|thead|blockquote|img|hr|"
    "script|style|font"
)
_HTML = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>|&(?:amp|lt|gt|quot|nbsp|#[0-9]+|#x[0-9a-f]+);", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"(<(?:\"[^\"]*\"|[^\">])*>)")
_BREAKS = re.compile(r"(?:\s*<br>\s*)+")
_KEPT = {"a", "b", "strong", "em", "i", "code", "br"}
_SCHEMES = {"http", "https", "mailto"}
REL = "nofollow noopener"


def plain(text: str) -> str:
    """Return ``text`` on one line, without control characters; for titles and descriptions, which are escaped elsewhere."""
    return " ".join((text if text.isprintable() else _CONTROL.sub("", text)).split())


def escape(text: str, *, begins: bool = True) -> str:
    """Return ``text`` as Markdown that shows exactly it, on one line; usable in a heading, a table cell or raw HTML.

    ``begins`` is False where something stands in front of it on the same line.
    """
    return escaped(plain(text), begins=begins)


def escaped(clean: str, *, begins: bool = True) -> str:
    """Return what `plain` returned as `escape` does."""
    # to translate what is not ASCII takes ten times as long as to look whether there is anything to translate
    escaped = clean.translate(_ESCAPES) if _SYNTAX.search(clean) else clean
    mark = _LINE_START.match(clean) if begins else None
    if mark is None:
        return escaped
    at = mark.end() - 1  # digits and the mark itself are as long escaped as they were
    return f"{escaped[:at]}&#{ord(escaped[at])};{escaped[at + 1 :]}"


def unbroken(text: str) -> str:
    """Return ``text`` escaped, with each day in it (``2025-01-31``) as an element of its own, which no line end divides."""
    return _DAY.sub(r"<time>\g<0></time>", escape(text, begins=False))


def attribute(text: str) -> str:
    """Return ``text`` for use inside a double-quoted HTML attribute."""
    return plain(text).translate(_IN_QUOTES)


def code(text: str) -> str:
    """Return ``text`` as the inside of a raw HTML ``<pre>`` block: line ends stay, nothing is markup."""
    lines = _CONTROL.sub("", text).expandtabs(4).strip("\n").splitlines()
    return "\n".join(line.rstrip().translate(_ESCAPES) for line in lines)


def is_html(text: str) -> bool:
    """Whether ``text`` carries HTML, as the bodies of imported updates do."""
    return _HTML.search(text) is not None


def clean_html(text: str) -> str:
    """Return imported HTML as inline markup that is safe in Markdown: a few tags, links out, line breaks, and text."""
    marked = _BREAK.sub("<br>", _CONTROL.sub("", text))
    cleaned = nh3.clean(
        marked,
        tags=_KEPT,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        attribute_filter=_outward,
        url_schemes=_SCHEMES,
        link_rel=REL,
    )
    joined = " ".join(cleaned.split())
    parts = _TAG.split(_BREAKS.sub("<br> ", joined).removeprefix("<br> ").removesuffix("<br> "))
    return "".join(_attributes_only(part) if part.startswith("<") else part.translate(_MARKDOWN_ONLY) for part in parts)


def safe_url(url: str) -> str | None:
    """Return an absolute web or mail address ready for a double-quoted attribute; None for any other kind of address."""
    clean = _CONTROL.sub("", url).strip()
    scheme = clean.partition(":")[0].lower()
    if scheme not in _SCHEMES or any(char.isspace() for char in clean):
        return None
    return html.escape(clean).translate(_MARKDOWN_ONLY)


def link_out(url: str, label: str) -> str:
    """Return a link out of the site as raw inline HTML; only ``label`` (safe Markdown) where the address is not fit for one."""
    href = safe_url(url)
    return f'<a href="{href}" rel="{REL}">{label}</a>' if href else label


def _outward(tag: str, name: str, value: str) -> str | None:
    """Keep an address only when it is absolute: a relative one meant the site that it was imported from."""
    del tag
    return value if name != "href" or value.partition(":")[0].lower().strip() in _SCHEMES else None


def _attributes_only(tag: str) -> str:
    """Keep Markdown from reading underscores and brackets inside an address."""
    head, quote, rest = tag.partition('"')
    if not quote:
        return tag
    return head + quote + "".join(f"&#{ord(char)};" if char in "*_[]{}\\|~^$`" else char for char in rest)
