"""The past of a knowledge base, read from Git: all of it once, and from then on what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from incidentbook import git_command
from incidentbook.history import facts, kept, line
from incidentbook.history.absent import NoHistoryError, absent
from incidentbook.history.line import LINK, NO_BLOB, Step
from incidentbook.history.past import GONE, INCIDENTS, PASSED_OVER, POSTMORTEMS, UNREADABLE, Past

Key = tuple[str, str]  # how a path begins, and the name of a content: what a content says depends on both
Progress = Callable[[Iterable[Key], int], Iterable[Key]]
_MANY = 100  # versions
_FEW = 1000  # to write a past takes longer than to read a thousandth of it again


def past(root: Path, commit: str = "HEAD", progress: Progress | None = None) -> Past:
    """Return the past of the knowledge base at ``root`` up to ``commit``.

    What is kept of earlier runs is used as far as it lies on the same line, and what was read is kept. A commit's first parents
    follow from its name, so a past that was written anew (a rebase, another branch) shares what lies before the fork and nothing
    else.

    Raises:
        NoHistoryError: this is no Git repository, nothing is committed in it, or there is no such commit.
        GitFailedError: Git could not tell all of it.

    """
    tip, boundary, below = _state(root, commit)
    known = kept.load(root, boundary)
    place = known.place(tip) if known else None
    if known is not None and place is not None:
        known.cut(place + 1)
        return known
    known, steps = _missing(root, tip, known, below=below)
    found = known or Past(boundary, len(tip))
    _add(root, found, steps, progress)
    if len(steps) * _FEW >= len(found):
        kept.keep(root, found)
    return found


def _state(root: Path, commit: str) -> tuple[str, str, bool]:
    """Return the name of ``commit``, where a shallow clone ends (empty for none), and whether ``root`` is below the top."""
    questions = ("--show-prefix", "--is-shallow-repository", "--git-path", "shallow", "--end-of-options")
    asked = git_command.run(root, "rev-parse", *questions, f"{commit}^{{commit}}")
    lines = [text for text in asked.out.split("\n")[:-1] if text != "--end-of-options"]
    if asked.status or len(lines) != 4:  # noqa: PLR2004 - one for each question
        raise absent(root) or NoHistoryError(
            f"Git cannot tell the history of {root} up to {commit}: {asked.why}",
            hint="`git log` shows which commits there are.",
        )
    prefix, shallow, path, tip = lines
    return tip, "" if shallow == "false" else (root / path).read_text(encoding="ascii"), bool(prefix)


def _missing(root: Path, tip: str, known: Past | None, *, below: bool) -> tuple[Past | None, list[Step]]:
    """Return what of ``known`` lies on the line of ``tip``, and the steps from there on, the newest first."""
    if known is not None:
        try:
            steps = list(line.steps(root, tip, known.tip, below=below))
        except git_command.GitFailedError:  # what was the tip is not here any more
            steps = []
        if steps and steps[-1].commit == known.tip:
            return known, steps[:-1]
        place = known.place(steps[-1].parent) if steps else None
        if place is not None:
            known.cut(place + 1)
            return known, steps
        if steps and not steps[-1].parent:
            return None, steps
    return None, list(line.steps(root, tip, below=below))


def _add(root: Path, found: Past, steps: list[Step], progress: Progress | None) -> None:
    numbers = _numbers(root, found, steps, progress)
    steps.reverse()
    versions = [
        (at, touch.path, touch.blob, _number(numbers, touch.path, touch.blob))
        for at, step in enumerate(steps)
        for touch in step.touches
    ]
    found.add([step.commit for step in steps], [step.at for step in steps], versions)


def _number(numbers: dict[Key, int], path: str, blob: str) -> int:
    if blob == NO_BLOB:
        return GONE
    if blob == LINK:
        return UNREADABLE
    return numbers.get((path[:3], blob), PASSED_OVER)


def _reader(count: int) -> Callable[[str, bytes], facts.Facts | None]:
    """Return the way to read so many versions: for a few the quick one takes longer to prepare than the loader to read them."""
    if count < _MANY:
        return facts.read
    from incidentbook.history.quick import Reader  # noqa: PLC0415 - most runs find nothing new, or little

    return Reader().read


def _numbers(root: Path, found: Past, steps: list[Step], progress: Progress | None) -> dict[Key, int]:
    """Read each content once, in the order in which Git named them, which is the one that it finds them fastest in."""
    wanted: dict[Key, str] = {}
    for step in steps:
        for path, blob in step.touches:
            if blob and blob is not LINK and path.startswith((INCIDENTS, POSTMORTEMS)):
                wanted.setdefault((path[:3], blob), path)
    read = _reader(len(wanted))
    contents = git_command.blobs(root, [blob for _, blob in wanted])
    keys = progress(wanted, len(wanted)) if progress else wanted
    numbers: dict[Key, int] = {}
    for key, data in zip(keys, contents, strict=True):
        says = read(wanted[key], data) if data is not None else None
        numbers[key] = UNREADABLE if says is None else found.put(says)
    return numbers
