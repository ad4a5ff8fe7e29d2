"""HTML that a browser would run.

What it checks
    Texts and Markdown, outside code: no element that loads or runs something (`<script>`, `<iframe>`, `<form>` and the like), no
    event handler (`onclick=`), no link to `javascript:` and its relatives. Lists, emphasis and links in HTML, as status
    pages write them, are left alone. Commands of playbooks and what an importer kept as its original are shown as text only.

Why it matters
    The site takes such things out, but a record is also read in code hosts, editors and exports that may not.

Bad example
    # incidents/2025/INC-2025-001.yml
    impact: {summary: 'No booking <img src="x" onerror="alert(1)"> could be made'}

Good example
    # incidents/2025/INC-2025-001.yml
    impact: {summary: "No booking could be made; the page ran `<script>alert(1)</script>` from a comment"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, passages, words
from incidentbook.rules.context import Context
from incidentbook.rules.links import without_code

CODE = "IB906"
NAME = "active-html"
SUMMARY = "A text holds HTML that a browser would run"
GRADE = Grade.ERROR
_ELEMENT = r"<(?:script|iframe|frame|frameset|object|embed|applet|form|base|meta|link|style|svg|math|template|portal)\b(?=[\s/>])"
_HANDLER = r"<[a-z][^<>]{0,500}?[\s/\"']on[a-z]{3,30}[ \t]*=(?!=)"
_SCHEME = (
    r"(?:\b(?:href|src|action|formaction|xlink:href)[ \t]*=[ \t]*(?:[\"'][ \t]*)?|\][(:][ \t]*(?:<[ \t]*)?)"
    r"(?:javascript|vbscript|data[ \t]*:[ \t]*text/html)\b[ \t]*[:;,]?"
)
_ACTIVE = re.compile(rf"(?P<element>{_ELEMENT})|(?P<handler>{_HANDLER})|(?P<scheme>{_SCHEME})", re.IGNORECASE)
_SIGNS = re.compile(rf"{_ELEMENT}|[\s/\"']on[a-z]{{3,30}}[ \t]*=")
_WHAT = {
    "element": "an element that a browser loads or runs",
    "handler": "an event handler, which a browser runs",
    "scheme": "a link that a browser runs",
}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the beginning of everything that would run."""
    del context
    if not _is_worth_a_look(entry.document.text):
        return
    for passage in passages.every(entry):
        if passage.path[-1:] == ("command",) or passage.path[:2] == ("provenance", "original"):
            continue
        for match in _ACTIVE.finditer(without_code(passage.text)):
            what = _WHAT[str(match.lastgroup)]
            hint = "Write it in backticks if it is shown, or take it out."
            yield Hit(passage.place(*match.span()), f"This is {what}: {words.shown(match[0])}", hint)


def _is_worth_a_look(text: str) -> bool:
    """Whether the source holds what all that runs begins with: plain words first, as they cost next to nothing."""
    lower = text.lower()
    if "script" in lower or "text/html" in lower:
        return True
    return "<" in lower and _SIGNS.search(lower) is not None
