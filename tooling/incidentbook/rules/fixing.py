"""Fixes, applied and proven: what a fix makes of a file is kept only where the rules find less in it, and nothing new.

Pure: texts in, texts out. Fixes that do not touch each other are applied together; where the result is not better by each of
them, halves are tried until those are found that stand. A change may make way for another, so it goes on until none is left.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from incidentbook.edit import apply
from incidentbook.finding import Finding
from incidentbook.frozen import frozen
from incidentbook.span import Edit

MOST_PASSES = 10
Found = dict[str, tuple[Finding, ...]]
Look = Callable[[Mapping[str, str]], Found]
"""Returns what the rules find in each of some files, given their texts."""
Wanted = Callable[[Mapping[str, str], Found], Iterable[Finding]]
"""Returns those of these findings that are to be mended."""


@frozen
class Refusal:
    """A finding whose fix was tried and not kept.

    Attributes:
        because: why not, in words that follow a colon.

    """

    finding: Finding
    because: str


@frozen
class Result:
    """What was done.

    Attributes:
        before: the text of every file that changes, by its path.
        texts: the new texts.
        mended: the findings that are gone, each with its place before the change.
        refused: those whose fix would have made something else worse.

    """

    before: Mapping[str, str]
    texts: Mapping[str, str]
    mended: tuple[Finding, ...]
    refused: tuple[Refusal, ...]


@dataclass(slots=True)
class _File:
    """One file in a pass: the groups of fixes that are still to be tried, each fix a list of findings that it mends."""

    text: str
    before: Sequence[Finding]
    groups: list[list[list[Finding]]]
    strict: bool
    kept: list[list[Finding]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def trial(self) -> str:
        """Return the text with what is kept and the group at hand."""
        fixes = [*self.kept, *(self.groups[-1] if self.groups else ())]
        return apply(self.text, [edit for fix in fixes for edit in _edits(fix[0])])

    def judge(self, after: Sequence[Finding]) -> None:
        """Keep the group at hand, refuse it, or halve it, by what the rules find after it."""
        group = self.groups.pop()
        worse = self.worse([*self.kept, *group], after)
        if worse is None:
            self.kept += group
        elif len(group) > 1:
            half = len(group) // 2
            self.groups += [group[half:], group[:half]]
        else:
            self.refuse(group[0], worse, after)

    def worse(self, fixes: Sequence[Sequence[Finding]], after: Sequence[Finding]) -> str | None:
        """Return the code of a rule that finds more than it should once ``fixes`` are made; None where none does.

        What comes to light and can be mended in turn is let pass, unless the file is in earnest.
        """
        gone = [found for fix in fixes for found in fix]
        if self.strict:
            allowed = _codes(self.before)
            allowed.subtract(_codes(gone))
            return _more(_codes(after), allowed)
        said = Counter(map(_what, self.before))
        said.subtract(map(_what, gone))
        still = Counter(map(_what, after))
        stays = next((found.code for found in gone if still[_what(found)] > said[_what(found)]), None)
        return stays or _more(
            _codes(found for found in after if not _is_safe(found)),
            _codes(found for found in self.before if not _is_safe(found)),
        )

    def refuse(self, fix: Sequence[Finding], code: str, after: Sequence[Finding]) -> None:
        """Note that ``fix`` is not kept, because the rule ``code`` finds more after it."""
        known = {found.message for found in self.before}
        new = next((found for found in after if found.code == code and found.message not in known), None)
        same = new is None or code in {found.code for found in fix}
        because = "it would still be found" if same or new is None else f"{code} would be found instead: {new.message}"
        self.refused += [Refusal(found, because) for found in fix]


def mend(texts: Mapping[str, str], look: Look, wanted: Wanted) -> Result:
    """Apply the safe fixes of what is found in ``texts`` until none is left that stands.

    Args:
        texts: the files that may change, by their paths.
        look: runs all rules over files with the texts given.
        wanted: chooses the findings that are to be mended.

    """
    hopeful = _mend(texts, look, wanted, strict=False)
    if not hopeful.texts:
        return hopeful
    before, after = look(hopeful.before), look(hopeful.texts)
    fallen = {path for path in hopeful.texts if _more(_codes(after[path]), _codes(before[path]))}
    if not fallen:
        return hopeful
    strict = _mend({path: texts[path] for path in fallen}, look, wanted, strict=True)
    return Result(
        {path: text for path, text in hopeful.before.items() if path not in fallen} | dict(strict.before),
        {path: text for path, text in hopeful.texts.items() if path not in fallen} | dict(strict.texts),
        (*(found for found in hopeful.mended if found.path not in fallen), *strict.mended),
        (*(each for each in hopeful.refused if each.finding.path not in fallen), *strict.refused),
    )


def _mend(texts: Mapping[str, str], look: Look, wanted: Wanted, *, strict: bool) -> Result:
    current, mended, refused = dict(texts), list[Finding](), list[Refusal]()
    for _ in range(MOST_PASSES if texts else 0):
        found = look(current)
        files = {
            path: _File(current[path], found[path], [fixes], strict)
            for path, fixes in _choose(wanted(current, found)).items()
        }
        _try(files, look)
        refused = [each for file in files.values() for each in file.refused]
        kept = [each for file in files.values() for fix in file.kept for each in fix]
        if not kept:
            break
        mended += kept
        current |= {path: file.trial() for path, file in files.items()}
    changed = {path: text for path, text in current.items() if text != texts[path]}
    return Result({path: texts[path] for path in changed}, changed, tuple(mended), tuple(refused))


def _try(files: Mapping[str, _File], look: Look) -> None:
    """Find the fixes that stand, of all files at once: a look at many costs little more than a look at one."""
    while open_ := {path: file for path, file in files.items() if file.groups}:
        after = look({path: file.trial() for path, file in files.items()})
        for path, file in open_.items():
            file.judge(after[path])
    if any(
        file.kept for file in files.values()
    ):  # files answer for each other: what stood beside a refused fix may fall
        after = look({path: file.trial() for path, file in files.items()})
        for path, file in files.items():
            worse = file.worse(file.kept, after[path])
            if worse is not None:
                for fix in file.kept:
                    file.refuse(fix, worse, after[path])
                file.kept.clear()


def _choose(findings: Iterable[Finding]) -> dict[str, list[list[Finding]]]:
    """Return by file the fixes that can be made together, in order; findings with the same edits share one."""
    by_path: dict[str, list[Finding]] = {}
    for found in sorted(findings, key=lambda each: each.sort_key):
        if _is_safe(found):
            by_path.setdefault(found.path, []).append(found)
    return {path: _apart(members) for path, members in by_path.items()}


def _apart(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[tuple[Edit, ...], list[Finding]] = {}
    for found in findings:
        groups.setdefault(_edits(found), []).append(found)
    taken: list[tuple[int, int]] = []
    chosen = []
    for edits, members in groups.items():
        if all(_free(taken, edit) for edit in edits):
            chosen.append(members)
            for edit in edits:
                bisect.insort(taken, (edit.start, edit.end))
    return chosen


def _free(taken: Sequence[tuple[int, int]], edit: Edit) -> bool:
    """Whether no edit among ``taken``, which is sorted, starts where this one does or touches what it touches."""
    at = bisect.bisect_left(taken, (edit.start, edit.start))
    before = taken[at - 1] if at else None
    after = taken[at] if at < len(taken) else None
    return (before is None or before[1] <= edit.start) and (
        after is None or (after[0] >= edit.end and after[0] != edit.start)
    )


def _codes(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(found.code for found in findings)


def _more(counted: Counter[str], allowed: Counter[str]) -> str | None:
    """Return the first code that is counted more often than it is allowed."""
    return next((code for code, n in sorted(counted.items()) if n > allowed[code]), None)


def _what(found: Finding) -> tuple[str, str]:
    return found.code, found.message


def _is_safe(found: Finding) -> bool:
    return found.fix is not None and found.fix.safe and bool(found.fix.edits)


def _edits(found: Finding) -> tuple[Edit, ...]:
    return found.fix.edits if found.fix is not None else ()
