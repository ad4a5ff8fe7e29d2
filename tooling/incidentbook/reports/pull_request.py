"""A proposed change in Markdown, for a pull request or a job summary: what a reviewer looks at first stands first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from incidentbook.alterations import Edit, Unit
from incidentbook.backtest.model import Backtest
from incidentbook.differences import Difference
from incidentbook.duties.reviews import Owed
from incidentbook.frozen import frozen
from incidentbook.proposal import Promise, Proposal
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import utc_text, words
from incidentbook.reports import backtest as policies
from incidentbook.restatement import Moved, said

if TYPE_CHECKING:
    from incidentbook.outputs import pr_summary as printed

_FACTS = 6  # of an edit that are listed; --json has all


@frozen
class Told:
    """What is said beside a proposal.

    Attributes:
        name: of the knowledge base.
        base: the state that it begins at, in words.
        head: the state that it ends at, likewise.
        now: at which both are seen.
        facts: what each edit changed, as far as the reader may see it.
        judged: what changed policies make of the past; None where none has changed.

    """

    name: str
    base: str
    head: str
    now: dt.datetime
    facts: Mapping[Unit, Sequence[Difference]]
    judged: Backtest | None


def to_markdown(found: Proposal, told: Told) -> str:
    """Return all of it."""
    out = [f"## {_safe(told.name)}: what changes", "", f"{told.base} → {told.head}, as of {utc_text(told.now)}", ""]
    out += ["### Records", "", *_records(found, told), ""]
    if found.promises:
        out += ["### Action items", "", *map(_promise, found.promises), ""]
    if found.clocks:
        out += ["### Post-mortems that are owed", "", *(_due(owed, told.now) for owed in found.clocks), ""]
    out += [f"### Figures, {found.figures.before.window.label}", "", *_figures(found), ""]
    if told.judged is not None:
        out += ["### Policies", "", *_policies(told.judged), ""]
    return "\n".join(out)


def plain(found: Proposal, told: Told) -> printed.Body:
    """Return it for JSON, without what only the command knows."""
    edits: list[printed.Edit] = [
        {
            "kind": edit.unit[0],
            "record": edit.name,
            "what": edit.verb,
            "facts": [fact.plain() for fact in _facts(edit, told)],
            "prose": edit.prose,
        }
        for edit in found.edits
    ]
    figures: list[printed.Moved] = [
        {
            "key": _key(moved),
            "before": moved.before.plain() if moved.before else None,
            "after": moved.after.plain() if moved.after else None,
        }
        for moved in _shown(found)
    ]
    return {
        "edits": edits,
        "figures": figures,
        "promises": [promise.plain() for promise in found.promises],
        "clocks": [_clock(owed, told.now) for owed in found.clocks],
        "policy": [] if told.judged is None else _sentences(told.judged),
    }


def _records(found: Proposal, told: Told) -> Iterator[str]:
    if not found.edits:
        yield "No record, post-mortem, playbook or policy is changed."
    for edit in found.edits:
        yield f"- **{_safe(edit.name)}** {edit.verb}{_title(edit)}"
        facts = _facts(edit, told)
        for fact in facts[:_FACTS]:
            yield f"  - {_safe(str(fact))}"
        if len(facts) > _FACTS:
            yield f"  - and {len(facts) - _FACTS} more facts"
        if edit.prose:
            yield "  - its prose"


def _facts(edit: Edit, told: Told) -> Sequence[Difference]:
    """Return what an edit changed, without what is told as action items."""
    if edit.before is None or edit.after is None:
        return ()
    return [fact for fact in told.facts[edit.unit] if not fact.path.startswith("action_items")]


def _title(edit: Edit) -> str:
    entry = edit.after or edit.before
    record = entry.record if entry else None
    if isinstance(record, Incident):
        state = ", ".join(
            said for said in (record.severity.label if record.severity else "", str(record.status or "")) if said
        )
        return f": {_safe(record.title)} ({state})" if state else f": {_safe(record.title)}"
    if isinstance(record, Postmortem):
        return f": post-mortem of {_safe(', '.join(record.incidents))}, {record.status or 'no status'}"
    return ""


def _promise(promise: Promise) -> str:
    told = f" ({_safe(', '.join(promise.told))})" if promise.told else ""
    return f"- **{_safe(promise.item.id)}** {promise.what}: {_safe(promise.item.title)}{told}"


def _due(owed: Owed, now: dt.datetime) -> str:
    left = words(abs(owed.seconds_left(now)))
    when = f"late by {left}" if owed.overdue(now) else f"to be held within {left}"
    names = ", ".join(incident.id for incident in owed.incidents)
    title = f" {_safe(owed.incidents[0].title)}" if owed.incidents else ""
    return f"- **{_safe(names)}**{title}: {when} ({owed.status}, by {utc_text(owed.by)})"


def _clock(owed: Owed, now: dt.datetime) -> printed.Due:
    return {
        "incidents": [incident.id for incident in owed.incidents],
        "by": utc_text(owed.by),
        "late": owed.overdue(now),
        "postmortem": owed.status,
    }


def _figures(found: Proposal) -> Iterator[str]:
    shown = _shown(found)
    if not shown:
        yield "No figure of this window reads otherwise."
        return
    main = [moved for moved in shown if not any(figure.detail for figure in (moved.before, moved.after) if figure)]
    if main:
        yield "| Figure | Before | After |"
        yield "| --- | --- | --- |"
    for moved in main:
        yield f"| {_safe(moved.name)} | {_safe(said(moved.before))} | {_safe(said(moved.after))} |"
    if len(shown) > len(main):
        yield ""
        yield f"{len(shown) - len(main)} more figures of detail read otherwise: `--json` has all."


def _shown(found: Proposal) -> list[Moved]:
    return [moved for moved in found.figures.moved if moved.shows]


def _key(moved: Moved) -> str:
    figure = moved.after or moved.before
    return figure.key if figure else ""


def _policies(judged: Backtest) -> Iterator[str]:
    yield f"**{_safe(policies.conclusion(judged))}**"
    yield ""
    for sentence in _sentences(judged):
        yield f"- {_safe(sentence)}"


def _sentences(judged: Backtest) -> list[str]:
    return [text for outcome in filter(policies.differs, judged.outcomes) for text in policies.sentences(outcome)]


def _safe(text: str) -> str:
    return policies.plain_text(text)
