"""A setting of the checker for files that do not exist.

What it checks
    Every pattern below `match` of `policy/checks.yml` matches a file of the knowledge base. Patterns are those of `.gitignore`,
    from the root of the knowledge base.

Why it matters
    A pattern with a slip in it sets nothing; one whose files are gone is the next file's surprise.

Bad example
    # policy/checks.yml
    paths:
      - {match: [incident/2025/**], ignore: [IB801], reason: Written before we looked at the wording}

Good example
    # policy/checks.yml
    paths:
      - {match: [incidents/2025/**], ignore: [IB801], reason: Written before we looked at the wording}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, globs, walk, words
from incidentbook.rules.context import Context

CODE = "IB014"
NAME = "unmatched-path"
SUMMARY = "A path pattern of policy/checks.yml matches no file"
GRADE = Grade.WARNING
KINDS = ("checks",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield every pattern that matches nothing."""
    paths = [*context.names("file"), *context.unread]
    for path, pattern in walk.texts(entry.document.value, "paths.*.match.*"):
        if not any(map(globs.matcher((pattern,)), paths)):
            message = f"No file of the knowledge base matches `{words.shown(pattern)}`"
            hint = (
                "Patterns start at its root: `incidents/2019/**` for a folder, `playbooks/*/old-*.md` for some files."
            )
            yield Hit(Place(entry, path), message, hint)
