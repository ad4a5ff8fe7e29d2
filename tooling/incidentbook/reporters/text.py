"""For people: where, what, the line itself with a caret under it, and what to do next. 80 columns; colour only on a terminal."""

from __future__ import annotations

import re
import textwrap

from incidentbook.finding import Finding, Grade
from incidentbook.reporters import Report
from incidentbook.reporters._plain import kept_back, summary
from incidentbook.span import Span
from incidentbook.terminal_text import clean, width

_COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "path": "1",
    "code": "36",
    "frame": "34",
    "hint": "32",
    "quiet": "2",
}
_LINE = re.compile(r"\r\n|\r|\n")
MOST_RULES = 8
FIXABLE = "[*]"


def render(report: Report) -> str:
    """Return every finding with its code frame, then the counts by rule and the summary."""
    lines: dict[str, list[str]] = {path: _LINE.split(text) for path, text in report.sources.items()}
    blocks = [_block(report, found, lines.get(found.path, [])) for found in report.findings]
    return "\n".join([*blocks, *_end(report), ""])


def _block(report: Report, found: Finding, lines: list[str]) -> str:
    place = clean(f"{report.prefix}{found.path}:{found.span.line}:{found.span.column}")
    grade = _paint(report, found.grade.value, found.grade.value)
    code = _paint(report, "code", f"{found.code} {found.rule}")
    mark = f" {_paint(report, 'hint', FIXABLE)}" if found.fix is not None and found.fix.safe else ""
    said = [f"{_paint(report, 'path', place)}: {grade} {code}{mark}"]
    said += _wrapped(clean(found.message), report.width, "  ", "  ")
    said += _frame(report, found.span, lines)
    for near in found.related:
        where = clean(f"{report.prefix}{near.path}:{near.span.line}:{near.span.column}")
        said += [
            _paint(report, "quiet", line)
            for line in _wrapped(f"{where}: {clean(near.message)}", report.width, "  see ", "      ")
        ]
    if found.hint:
        said += [_paint(report, "hint", line) for line in _wrapped(clean(found.hint), report.width, "  -> ", "     ")]
    return "\n".join([*said, ""])


def _frame(report: Report, span: Span, lines: list[str]) -> list[str]:
    """Return the line that a finding is about, the one before it, and carets below; nothing where there is no such line."""
    if not 1 <= span.line <= len(lines):
        return []
    gutter = len(str(span.line))
    room = max(report.width - gutter - 7, 20)
    shown: list[str] = []
    if span.line > 1 and lines[span.line - 2].strip():
        before, _, _ = _cut(lines[span.line - 2], 0, 0, room)
        shown.append(f"  {_paint(report, 'frame', f'{span.line - 1:>{gutter}} |')} {before}".rstrip())
    line = lines[span.line - 1].removeprefix("\ufeff") if span.line == 1 else lines[span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    text, start, stop = _cut(line, span.column - 1, end, room)
    shown.append(f"  {_paint(report, 'frame', f'{span.line:>{gutter}} |')} {text}".rstrip())
    carets = " " * width(text[:start]) + "^" * max(width(text[start:stop]), 1)
    return [*shown, f"  {_paint(report, 'frame', ' ' * gutter + ' |')} {_paint(report, 'error', carets)}"]


def _cut(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Return what fits of ``line`` around its characters ``start`` to ``end``, and where these stand in it."""
    end = max(start, min(end, len(line)))
    near = max(0, start - room)  # a line may be a megabyte long: only what could be shown is looked at
    text = line[near : start + room + 1]
    if not text.isprintable():
        text = "".join(map(clean, text))  # one by one, so that each stays one column
    start, end = start - near, min(end - near, len(text))
    if not near and width(text) <= room:
        return text, start, end
    first = 0
    while (
        first < start and width(text[first : max(end, start + 1)]) > room - 2 and width(text[first:start]) > room // 3
    ):
        first += 1
    last = len(text)
    while last > first and width(text[first:last]) > room - 2:
        last -= 1
    before, after = near + first > 0, near + last < len(line)
    shift = 1 if before else 0
    cut = f"{'…' if before else ''}{text[first:last]}{'…' if after else ''}"
    return cut, start - first + shift, max(min(end, last) - first + shift, start - first + shift)


def _end(report: Report) -> list[str]:
    """Return the counts by rule, where there are several findings, and the summary line."""
    kept = [
        _paint(report, "quiet", line) for said in kept_back(report) for line in _wrapped(said, report.width, "", "  ")
    ]
    if not report.findings:
        return [summary(report), *kept]
    rows = report.by_rule
    said = [f"  {n:>5,}  {code}  {rule}" for code, rule, n in rows[:MOST_RULES]] if len(report.findings) > 1 else []
    if len(rows) > MOST_RULES:
        rest = sum(n for _, _, n in rows[MOST_RULES:])
        said.append(f"  {rest:>5,}  of {len(rows) - MOST_RULES} other rules")
    worst = "error" if report.count(Grade.ERROR) else "warning"
    said += [_paint(report, "quiet", line) for line in _next(report)]
    said += [_paint(report, worst, line) for line in _wrapped(summary(report), report.width, "", "  ")]
    if number := report.fixable():
        said.append(_paint(report, "hint", f"{FIXABLE} {number:,} fixable with `inc check --fix`; --diff shows how"))
    return [*said, *kept]


def _next(report: Report) -> list[str]:
    """Return where to read more of the first finding that a comment could let stand, and that comment."""
    from incidentbook.results.baseline import may_be_known  # noqa: PLC0415 - only where there are findings

    found = next(filter(may_be_known, report.findings), None)
    if found is None:
        return []
    above = _LINE.split(report.sources.get(found.path, ""))[: found.span.line]
    in_body = found.path.endswith(".md") and [line.rstrip() for line in above].count("---") > 1
    comment = f"inc: {'ignore-file' if found.span == Span() else 'ignore'}[{found.code}] reason"
    return [f"  More: `inc rule {found.code}`. Let it stand: `{f'<!-- {comment} -->' if in_body else f'# {comment}'}`"]


def _wrapped(text: str, columns: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, columns, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _paint(report: Report, name: str, text: str) -> str:
    return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if report.colour else text
