"""A policy backtest in words: the sentences that terminal and Markdown share, and Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from incidentbook.backtest.model import Backtest, Outcome, Reclassified
from incidentbook.markdown import calling_nobody
from incidentbook.terminal_text import printable

NOTHING = "No policy has changed, so nothing of the past is judged otherwise."
_WORD = re.compile(r"[a-z]+[ :]")  # that begins a sentence; an id or a name stays as it is
_ROWS = 50  # of one concern in Markdown: a comment holds 65,536 characters
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#~"})


def columns(rows: Sequence[Reclassified]) -> list[str]:
    """Return the columns that rows need, the longest text last."""
    wanted = {
        "Incident": any(row.incident for row in rows),
        "What": any(row.about for row in rows),
        "Recorded": any(row.recorded for row in rows),
    }
    return [*(name for name, holds in wanted.items() if holds), "Before", "After", "Because"]


def cell(row: Reclassified, column: str) -> str:
    """Return what a row says in a column."""
    return {
        "Incident": row.incident,
        "What": row.about,
        "Recorded": row.recorded,
        "Before": row.before,
        "After": row.after,
        "Because": row.because,
    }[column]


def conclusion(found: Backtest) -> str:
    """Say how many answers about the past differ, by concern."""
    counts = {outcome.title: sum(item.sure for item in outcome.reclassified) for outcome in found.outcomes}
    parts = ", ".join(f"{title.lower()} {count}" for title, count in counts.items() if count)
    total = sum(counts.values())
    said = f"{total} answer{'s' if total != 1 else ''} about the past would differ: {parts}"
    if not total:
        said = "No answer about the past would differ"
    earlier = sum(item.sure for outcome in found.outcomes for item in outcome.supposed)
    return f"{said}; {earlier} more, had the policies held earlier." if earlier else f"{said}."


def alike(found: Backtest) -> str:
    """Name the concerns in which both ends say the same, with how many answers there were; empty where there is none."""
    said = ", ".join(
        f"{outcome.title.lower()} ({outcome.judged or 'nothing to judge'})"
        for outcome in found.outcomes
        if not differs(outcome)
    )
    return f"Judged alike by both: {said}." if said else ""


def differs(outcome: Outcome) -> bool:
    """Whether anything is judged otherwise, or would have been earlier."""
    return bool(outcome.reclassified or outcome.supposed)


def sentences(outcome: Outcome) -> list[str]:
    """Return what differs, a sentence each."""
    return [f"{text[0].upper() if _WORD.match(text) else text[0]}{text[1:]}." for text in outcome.sentences]


def supposed(outcome: Outcome) -> str:
    """Say what would differ of what is from before the policy; empty where nothing would."""
    if not outcome.supposed_sentences:
        return ""
    said = "; ".join(outcome.supposed_sentences)
    return f"Not judged by it, as from before {outcome.since}; had it held then: {said}."


def left_out(outcome: Outcome) -> str:
    """Say how many things were not judged, by reason; empty where none was left out."""
    said = ", ".join(f"{count} {reason}" for reason, count in outcome.left_out.items())
    return f"Left out: {said}." if said else ""


def to_markdown(found: Backtest, name: str, lines: Sequence[str]) -> str:
    """Return Markdown for a comment or a job summary: the sentences, and the rows of each concern folded away."""
    out = [f"## Policy backtest: {plain_text(name)}", "", *(f"{plain_text(line)}  " for line in lines), ""]
    if not found.changes:
        return "\n".join([*out, NOTHING, ""])
    out += [f"**{plain_text(conclusion(found))}**", ""]
    out += [f"- `{change.path}`: {_facts(len(change.facts), tested=change.tested)}" for change in found.changes]
    out += [f"- {plain_text(note)}" for note in found.notes]
    for outcome in filter(differs, found.outcomes):
        out += ["", *_section(outcome)]
    if alike(found):
        out += ["", plain_text(alike(found))]
    return "\n".join([*out, ""])


def _facts(count: int, *, tested: bool) -> str:
    said = f"{count} fact{'s' if count != 1 else ''} changed" if count else "changed"
    return said if tested else f"{said}, none of which judges the past"


def _section(outcome: Outcome) -> Iterator[str]:
    yield f"### {outcome.title}"
    yield ""
    for sentence in sentences(outcome):
        yield f"- {plain_text(sentence)}"
    if supposed(outcome):
        yield f"- {plain_text(supposed(outcome))}"
    yield ""
    if outcome.reclassified:
        yield from _rows("What is judged otherwise", outcome.reclassified)
    if outcome.supposed:
        yield from _rows(f"What would be, had it held before {outcome.since}", outcome.supposed)
    for line in (left_out(outcome), *outcome.notes):
        if line:
            yield f"{plain_text(line)}  "


def _rows(title: str, rows: Sequence[Reclassified]) -> Iterator[str]:
    names = columns(rows)
    yield from (f"<details><summary>{title} ({len(rows)})</summary>", "")
    yield f"| {' | '.join(names)} |"
    yield f"| {' | '.join('---' for _ in names)} |"
    for row in rows[:_ROWS]:
        yield f"| {' | '.join(plain_text(cell(row, name)) for name in names)} |"
    if len(rows) > _ROWS:
        yield from ("", f"and {len(rows) - _ROWS} more: `--json` has all")
    yield from ("", "</details>", "")


def plain_text(text: str) -> str:
    """Return text of which Markdown and terminals make nothing: it is of records and policies, which anybody may have written."""
    return calling_nobody(printable(text).translate(_MARKS))
