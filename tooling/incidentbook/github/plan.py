"""What a sync would do: items, issues and what they last agreed on, to a list of steps. No network, no files, no clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from incidentbook.github import two_ways
from incidentbook.github.issue import Base, Closer, Issue
from incidentbook.github.meeting import UNSHOWN, Meeting
from incidentbook.github.step import Site, Step, Taken
from incidentbook.github.text import Letter, digest, part, plain, with_part
from incidentbook.github.two_ways import Ours


def plan(
    letters: Sequence[Letter], issues: Mapping[int, Issue], closers: Mapping[int, Closer], site: Site
) -> list[Step]:
    """Return what is to be done for each item, in the order of ``letters``.

    Args:
        letters: the items whose issues are kept.
        issues: those that have the label, and those that items name, by number; one that is named and not here is gone.
        closers: what closed them, as far as GitHub tells.
        site: where they are.

    """
    marked: dict[str, list[Issue]] = defaultdict(list)
    for number in sorted(issues):
        found = part(plain(issues[number].body))
        if found is not None:
            marked[found.item].append(issues[number])
    named = Counter(letter.item.issue.casefold() for letter in letters if letter.item.issue)
    ids = Counter(letter.item.id for letter in letters)
    return [
        Step(letter, conflicts=("it stands in the records more than once",))
        if ids[letter.item.id] > 1
        else _step(letter, issues, marked[letter.item.id], closers, site, named)
        for letter in letters
    ]


def unshown(steps: Iterable[Step]) -> list[int]:
    """Return the numbers of the issues that are closed without anything that shows the work, so that it is worth asking."""
    return [step.issue.number for step in steps if step.issue and any(map(_is_unshown, step.conflicts))]


def _is_unshown(said: str) -> bool:
    return said.startswith(UNSHOWN)


def _step(
    letter: Letter,
    issues: Mapping[int, Issue],
    marked: Sequence[Issue],
    closers: Mapping[int, Closer],
    site: Site,
    named: Counter[str],
) -> Step:
    item = letter.item
    number = site.number(item.issue)
    if item.issue and number is None:
        return Step(letter, notes=(f"its issue is {item.issue}, in another repository; it was left alone",))
    if named[item.issue.casefold()] > 1:
        return Step(letter, conflicts=(f"{item.issue} stands for several items: one issue, one item",))
    if number is not None and number not in issues:
        said = f"{item.issue} is gone, or was moved: name the issue that stands for it now, or take `issue` out"
        return Step(letter, conflicts=(said,))
    if number is None and len(marked) > 1:
        refs = " and ".join(site.ref(issue.number) for issue in marked)
        return Step(letter, conflicts=(f"{refs} both stand for it: close one, take its comment out, or set `issue`",))
    issue = issues[number] if number is not None else next(iter(marked), None)
    if issue is None:
        return _made(letter)
    others = [site.ref(other.number) for other in marked if other.number != issue.number]
    notes = (f"{' and '.join(others)} says that it stands for it, too",) if others else ()
    taken = Taken(issue="" if item.issue else site.ref(issue.number))
    return Meeting(letter, issue, closers.get(issue.number), site).step(taken, notes)


def _made(letter: Letter) -> Step:
    """Return the step that makes an issue, for a promise that is still open; nothing for any other item."""
    item = letter.item
    if two_ways.ours(item.status) is not Ours.OPEN:
        return Step(letter)
    base = Base(
        record=Ours.OPEN, issue=two_ways.Theirs.OPEN, due=item.due.isoformat() if item.due else "", owner=item.owner,
        title=digest(letter.title), text=digest(letter.text),
    )  # fmt: skip
    body = with_part("", item.id, letter.text, base)
    return Step(letter, title=letter.title, body=body, sent=("a new issue",))
