"""A link to a file of the repository that is not there.

What it checks
    Relative links in the Markdown of post-mortems and playbooks, outside code: the file or folder that each one means exists.
    Addresses on the web, headings of the same page and paths from the top of a site (`/…`) are left alone.

Why it matters
    A reader who follows it in the middle of an incident loses the minute and the trust.

Bad example
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    status: draft
    ---
    The errors rose within a minute ([graph](errors.svg)).

Good example
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    status: draft
    ---
    The errors rose within a minute ([record](../../incidents/2025/INC-2025-001.yml)).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, passages, words
from incidentbook.rules.context import Context
from incidentbook.rules.links import links, resolved

CODE = "IB702"
NAME = "dead-link"
SUMMARY = "A link leads to a file that is not there"
GRADE = Grade.WARNING
KINDS = ("postmortem", "playbook")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the target of every dead link; a link that leaves the repository is a finding of another rule."""
    for passage in passages.body(entry):
        for link in links(passage.text):
            path = resolved(passage, link)
            if not link.is_internal or link.is_local or link.target.startswith("/"):
                continue
            if path.split("/").count("..") > context.depth or context.exists(path):
                continue
            meant = words.suggestion(path, context.names("file"))
            message = f"There is no `{words.shown(path)}` in the repository{meant}"
            yield Hit(passage.place(link.start, link.end), message, "Link to where it is now, or take the link out.")
