"""A file that looks like a record and that no command reads.

What it checks
    Files in `incidents/`, `postmortems/`, `playbooks/` and `policy/` whose ending is that of another format: `.yaml` for `.yml`,
    `.markdown` for `.md`, a record in YAML where Markdown is read. A `README.md` is left alone.

Why it matters
    Such a file is neither checked nor counted nor published, and nothing else would ever say so.

Bad example
    # incidents/2025/INC-2025-002.yaml
    id: INC-2025-002

Good example
    # incidents/2025/INC-2025-001.yml
    title: The ending is .yml
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB002"
NAME = "unread-file"
SUMMARY = "A file in a record folder is not read by anything"
GRADE = Grade.WARNING
_ENDINGS = {"incidents": ".yml", "policy": ".yml", "postmortems": ".md", "playbooks": ".md"}


def finalize(context: Context) -> Iterator[Hit]:
    """Yield every file that was passed over."""
    for path in context.unread:
        folder = path.split("/", 1)[0]
        ending = _ENDINGS[folder]
        hint = f"Rename it to end in `{ending}`, or move it out of `{folder}/`."
        yield Hit(Place(path), f"No command reads this file: in `{folder}/` only `{ending}` files are records", hint)
