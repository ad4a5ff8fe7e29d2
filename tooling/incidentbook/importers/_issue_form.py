"""The Markdown that GitHub makes of an issue form: a heading of the third level for each field, its answer below. Pure.

People edit it afterwards, and an answer may hold any text, so a heading begins a section only where the form has that label,
outside of code, for the first time. All else is text of the section that it stands in, and nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from incidentbook.frozen import frozen
from incidentbook.importers import _values as values

_HEADING = "### "
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)\Z")
_BOX = re.compile(r" *[-*+] +\[([ xX])\] +(.+)\Z")
EMPTY = ("", "_No response_")


@frozen
class Form:
    """What somebody answered.

    Attributes:
        answers: text by label, in the order of the issue; without those that were left empty.
        before: text above the first section.
        twice: labels that stand there again; what is below them is text of the section above.

    """

    answers: dict[str, str]
    before: str
    twice: tuple[str, ...]


def read(body: str, labels: Collection[str]) -> Form:
    """Return the answers that ``body`` holds to the fields called ``labels``; capitals and blanks make no difference."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    known = {label.casefold(): label for label in labels}
    code = _code(lines)
    parts: dict[str, list[str]] = {"": []}
    twice: list[str] = []
    here = ""
    for place, line in enumerate(lines):
        heading = line.startswith(_HEADING) and place not in code
        label = known.get(values.one_line(line.strip("# ")).casefold()) if heading else None
        if label is None or label in parts:
            twice += [label] if label else []
            parts[here].append(line)
        else:
            here = label
            parts[here] = []
    texts = {label: "\n".join(some).strip() for label, some in parts.items()}
    before = texts.pop("")
    return Form({label: text for label, text in texts.items() if text not in EMPTY}, before, tuple(twice))


def _code(lines: list[str]) -> set[int]:
    """Return which lines stand in fenced code. A fence that nobody closed hides nothing: it would take all sections along."""
    hidden: set[int] = set()
    opened: tuple[int, str] | None = None
    for place, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if opened is None:
            opened = None if fence[1][0] == "`" and "`" in fence[2] else (place, fence[1])
        elif fence[1].startswith(opened[1]) and not fence[2].strip():
            hidden |= {*range(opened[0], place + 1)}
            opened = None
    return hidden


def first_line(answer: str) -> tuple[str, str]:
    """Return the line of an answer that has only one, and what somebody wrote below it."""
    line, _, rest = answer.partition("\n")
    return line.strip(), rest.strip()


def boxes(answer: str, labels: Collection[str]) -> tuple[dict[str, bool], str]:
    """Return which of the boxes called ``labels`` are ticked, and all other lines."""
    found: dict[str, bool] = {}
    rest = []
    for line in answer.split("\n"):
        box = _BOX.match(line)
        label = values.one_line(box[2]) if box else ""
        if box and label in labels:
            found[label] = box[1] != " "
        else:
            rest.append(line)
    return found, "\n".join(rest).strip()
