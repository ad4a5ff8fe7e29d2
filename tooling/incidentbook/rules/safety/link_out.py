"""A link that leads out of the repository, to a file.

What it checks
    Links in texts and in Markdown, outside code: none leads by `..` above the root of the repository, and none names a file
    of the machine on which it was written (`file:`, a drive's letter, `~/`). Addresses on the web are left alone.

Why it matters
    Nobody else has that file, so the link is dead for every reader; and its path tells them about the machine of its author.

Bad example
    # incidents/2025/INC-2025-001.yml
    impact: {summary: "See [the export](../../../exports/lost-bookings.csv)"}

Good example
    # incidents/2025/INC-2025-001.yml
    impact: {summary: "See [the export](https://files.harbourline.example/exports/1)"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, passages, words
from incidentbook.rules.context import Context
from incidentbook.rules.links import links, resolved

CODE = "IB907"
NAME = "link-out"
SUMMARY = "A link leads out of the repository to a file"
GRADE = Grade.WARNING
_UP = re.compile(r"\.\.|%")  # two dots, perhaps written as %2E
_SIGNS = ("](", "]:", "href", "src", "HREF", "SRC")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the target of every such link."""
    if not any(sign in entry.document.text for sign in _SIGNS):
        return
    for passage in passages.every(entry):
        for link in links(passage.text):
            if link.is_local:
                message = f"This link names a file of one machine: {words.shown(link.target)}"
            elif (
                link.is_internal
                and _UP.search(link.target)
                and resolved(passage, link).split("/").count("..") > context.depth
            ):
                message = f"This link leaves the repository: {words.shown(link.target)}"
            else:
                continue
            hint = "Put the file into the repository, or link to an address that every reader can open."
            yield Hit(passage.place(link.start, link.end), message, hint)
