"""What reporters share: text that no file can use to steer a terminal, the width of characters, and the last line."""

from __future__ import annotations

import unicodedata

from incidentbook.finding import Grade
from incidentbook.reporters import Report


def clean(text: str) -> str:
    """Return ``text`` on one line with every control character shown as a picture, not sent to the terminal."""
    if text.isprintable():
        return text
    return "".join(_picture(character) for character in text)


def _picture(character: str) -> str:
    if character.isprintable():
        return character
    if character in "\t\n\r":
        return " "
    code = ord(character)
    if code < 0x20:  # noqa: PLR2004 - the C0 controls, which Unicode pictures in the same order
        return chr(0x2400 + code)
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else " "


def width(text: str) -> int:
    """Return the number of terminal columns that ``text`` takes: wide East Asian characters and emoji take two."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def summary(report: Report) -> str:
    """Return the last line: what was checked and how much was found."""
    counted = [(report.count(grade), grade.value) for grade in Grade]
    said = [f"{n:,} {name}{'' if n == 1 else 's'}" for n, name in counted if n]
    if not said:
        return f"checked {report.scope}: no findings"
    files = len({finding.path for finding in report.findings})
    return f"checked {report.scope}: {', '.join(said)} in {files:,} file{'' if files == 1 else 's'}"


def kept_back(report: Report) -> list[str]:
    """Return the lines below the summary: how many findings are kept back, and by what; none where there are none."""
    from incidentbook.results.settled import KEEPERS  # noqa: PLC0415 - who only wants clean text has no findings

    comments, policy, known = (report.kept.get(by, 0) for by in KEEPERS)
    said = []
    if comments or policy:
        parts = [f"{comments:,} by comments"] * bool(comments) + [f"{policy:,} by policy/checks.yml"] * bool(policy)
        said.append(f"kept back: {', '.join(parts)}")
    if known:
        said.append(f"{known:,} known finding{'s are' if known > 1 else ' is'} in the baseline, {report.baseline}")
    if report.mended:
        are, them = ("are", "them") if report.mended > 1 else ("is", "it")
        said.append(f"{report.mended:,} of the baseline {are} mended: `inc check --update-baseline` takes {them} out")
    return said
