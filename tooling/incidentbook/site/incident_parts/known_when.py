"""What was known when: the commits that touched the record, each with what it changed of what this audience may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from incidentbook.chronicle.steps import Step, Touch
from incidentbook.differences import Difference
from incidentbook.site import markup, wording
from incidentbook.site.context import Site

_MOST_CHANGES, _MOST_STEPS = 6, 40
_ENTRIES = {
    "timeline": ("timeline entry", "timeline entries"), "communications": ("message", ""), "roles": ("role", ""),
    "transitions": ("change of status", "changes of status"), "action_items": ("action item", ""),
    "severity_history": ("change of severity", "changes of severity"),
}  # fmt: skip
_FIRST = ("status", "severity", "milestones.started", "milestones.detected", "services")  # of a record as it began


def part(site: Site, path: str) -> str:
    """Return the history of the record at ``path``, folded; empty where there is none to tell."""
    steps = site.known.get(path, ())
    if not steps:
        return ""
    if len(steps) == 1 and steps[0].touches[0].what in ("added", "there"):
        return markup.paragraph(f"{_head(site, steps[0], 'Written down')}, and not changed since.", "ib-note")
    shown = steps[-_MOST_STEPS:]
    left = len(steps) - len(shown)
    items = "".join(_step(site, step) for step in shown)
    more = f"<p>{left} earlier commits are told by <code>inc history</code>.</p>" if left else ""
    return markup.details(f"{len(steps)} commits changed this record", f"{more}<ol>{items}</ol>", "ib-known")


def untold(site: Site) -> str:
    """Say why there is none to tell where nobody can: Git's calendar is not that of a knowledge base that stands still."""
    standing = site.knowledge_base.as_of
    return f"Git's history is not told: the clock stands still at {site.day(standing.at)}." if standing else ""


def _step(site: Site, step: Step) -> str:
    touch = step.touches[0]
    word = {"added": "First written", "there": "Written by", "removed": "Taken away"}.get(touch.what, "")
    changes = markup.bullets(_changes(touch))
    return f"<li>{_head(site, step, word)}{changes}</li>"


def _head(site: Site, step: Step, word: str) -> str:
    return f"{word} <time>{markup.said(site.when(step.known_at))}</time> <code>{step.short}</code>".strip()


def _changes(touch: Touch) -> Iterator[str]:
    """Yield changes in words: of lists of entries how many came and went, of everything else what it was and is."""
    if touch.what in ("added", "there"):
        first = {item.path: item for item in touch.differences}
        yield from (_said(first[name]) for name in _FIRST if name in first)
        return
    counted: Counter[tuple[tuple[str, str], str]] = Counter()
    single = []
    for item in touch.differences:
        head, bracket, rest = item.path.partition("[")
        if bracket and head in _ENTRIES:
            changed = bool(item.before and item.after) or not rest.endswith("]")
            counted[_ENTRIES[head], "changed" if changed else "added" if item.after else "taken away"] += 1
        else:
            single.append(item)
    found = [
        *map(_said, single),
        *(f"{wording.count(number, *name)} {verb}" for (name, verb), number in counted.items()),
    ]
    yield from found[:_MOST_CHANGES]
    if len(found) > _MOST_CHANGES:
        yield f"and {len(found) - _MOST_CHANGES} more"


def _said(item: Difference) -> str:
    name = item.path.removeprefix("milestones.").replace("_", " ").replace(".", ": ")
    before, after = markup.said(item.before), markup.said(item.after)
    label = markup.said(name[:1].upper() + name[1:])
    if before and after:
        return f"{label}: {before} \N{RIGHTWARDS ARROW} {after}"
    return f"{label}: {after}" if after else f"{label}: {before}, taken away"
