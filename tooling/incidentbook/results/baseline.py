"""Findings that are known: by what one is known again, and the file that lists them. Pure.

The file is text for people and for Git: a line for each finding, sorted, with the rule, a fingerprint and the path. Nothing in it
depends on line numbers, on the clock, or on the words of a message, and it repeats nothing of what the files say.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from incidentbook.document import BREAK
from incidentbook.errors import IncidentbookError
from incidentbook.finding import Finding
from incidentbook.span import Span

ABOUT = (
    "IB01"  # how the codes of the rules about suppressions start: no comment and no baseline keeps their findings back
)
_FORM = "# incidentbook baseline "
_VERSION = "1"
_HEAD = f"""\
{_FORM}{_VERSION}
# Findings that were there when this file was written: `inc check` leaves them out and reports what is new.
# `inc check --update-baseline` writes it anew; until then every line that goes is a mistake mended.
"""
_LINE = re.compile(r"(?P<code>[A-Z]{2,8}[0-9]{3}) (?P<fingerprint>[0-9a-f]{32}) (?P<path>\S.*)")
_SUPPRESSION = re.compile(r"\s*(?:#|<!--)\s*inc:.*", re.DOTALL)


class BaselineError(IncidentbookError):
    """The file is no baseline, or is damaged; nothing was checked against it."""


def may_be_known(found: Finding) -> bool:
    """Whether a comment or a baseline may keep a finding back."""
    return not found.code.startswith(ABOUT)


def fingerprints(findings: Iterable[Finding], texts: Mapping[str, str], prefix: str = "") -> list[str]:
    """Return one fingerprint for each finding, no two alike, which stays when lines above it come or go.

    It is made of the rule, the file (behind ``prefix``), the line's text and the words that are marked on it. The message is no
    part of it: some tell how long ago something was, and a better wording must not make every finding a new one. Nor is a
    suppression at the end of the line. Findings that agree in all of this are numbered in their order.
    """
    lines = {path: BREAK.split(text.removeprefix("\ufeff")) for path, text in texts.items()}
    seen: Counter[str] = Counter()
    made = []
    for found in findings:
        line, marked = _text(lines.get(found.path, []), found.span)
        key = "\0".join((found.code, shown(prefix + found.path), line, marked))
        made.append(hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "replace")).hexdigest()[:32])
        seen[key] += 1
    return made


def shown(path: str) -> str:
    """Return ``path`` as text; bytes that are no UTF-8 are replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _text(lines: Sequence[str], span: Span) -> tuple[str, str]:
    """Return the first line of ``span`` without its indentation, and what is marked on it."""
    if span == Span() or not 1 <= span.line <= len(lines):
        return "", ""
    line = _SUPPRESSION.sub("", lines[span.line - 1])
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    return line.strip(), line[span.column - 1 : end]


def dump(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:
    """Return the file that lists ``findings``."""
    made = zip(findings, fingerprints(findings, texts), strict=True)
    rows = sorted((" ".join(shown(found.path).split()), found.code, fingerprint) for found, fingerprint in made)
    return _HEAD + "".join(f"{code} {fingerprint} {path}\n" for path, code, fingerprint in rows)


def is_baseline(text: str) -> bool:
    """Whether ``text`` begins as a baseline does, of whatever version and however damaged below."""
    return text.startswith(_FORM)


def read(name: str, text: str) -> frozenset[str]:
    """Return the fingerprints that the file called ``name`` lists, after a look at whether it is sound.

    Raises:
        BaselineError: it is no baseline, one of a newer version, or a line of it is none.

    """
    lines = text.splitlines()
    if not is_baseline(text):
        raise BaselineError(
            f"{name}:1: this is no baseline of `inc check`",
            hint="Name another file, or leave this one alone: `inc check --no-baseline`.",
        )
    if lines[0].removeprefix(_FORM).strip() != _VERSION:
        raise BaselineError(
            f"{name}:1: this baseline is of a version that this `inc` does not know", hint="Update inc."
        )
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#") and not _LINE.fullmatch(line):
            raise BaselineError(
                f"{name}:{number}: this line is no entry of a baseline: {line[:40]!r}",
                hint="After a merge, keep the lines of both sides. `inc check --update-baseline` writes it anew.",
            )
    return listed(text)


def listed(text: str) -> frozenset[str]:
    """Return the fingerprints in a baseline's text, whatever else stands in it."""
    return frozenset(match["fingerprint"] for match in map(_LINE.fullmatch, text.splitlines()) if match)
