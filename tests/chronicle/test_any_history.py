"""`inc history` on random histories agrees with whoever reads every commit's tree and looks for each record's own mark."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from any_history import NEW, NUMBERS, OPS, History, Op
from commits import Repo
from incidentbook.chronicle import trail
from incidentbook.history import reading

Tree = dict[str, str]  # the names of contents by path
Commit = (
    list[Op] | tuple[int, list[list[Op]], bool]
)  # of the line, or a merge: from how far back, what it brings, and how
_MARK = re.compile(r"^# (m\d+)$", re.MULTILINE)
_ID = re.compile(r"^id: (\S+)$", re.MULTILINE)

ops = st.lists(st.tuples(st.sampled_from(OPS), st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=3)
merges = st.tuples(st.integers(0, 4), st.lists(ops, min_size=1, max_size=3), st.booleans())


@settings(max_examples=60)
@given(st.lists(st.one_of(ops, ops, ops, merges), min_size=3, max_size=12))
def test_a_record_is_followed_through_all_that_happened_to_it(commits: list[Commit]) -> None:
    history = History()
    history.advance([(NEW, 0, way) for way in range(3)])
    for commit in commits:
        if isinstance(commit, tuple):
            back, side, clash = commit
            history.merge(back, side, clash=clash)
        else:
            history.advance(commit)
    with tempfile.TemporaryDirectory() as name:
        repo = Repo.new(Path(name))
        history.write(repo)
        oracle = Oracle(repo)
        past = reading.past(repo.base)
        for number in range(1, NUMBERS + 1):
            incident = f"INC-2025-{number:03}"
            steps = trail.of_incident(repo.base, past, incident)
            told = [
                (step.commit, {path for touch in step.touches for path in (touch.path, touch.moved_from) if path})
                for step in steps
            ]
            assert told == oracle.steps(incident), incident


class Oracle:
    """The trees of all commits of the line, read one by one."""

    def __init__(self, repo: Repo) -> None:
        self._repo = repo
        self.commits = repo.git("rev-list", "--first-parent", "--reverse", "main").splitlines()
        self.trees = [self._tree(commit) for commit in self.commits]
        self._contents = self._read(sorted({blob for tree in self.trees for blob in tree.values()}))

    def steps(self, incident: str) -> list[tuple[str, set[str]]]:
        """Return the commits in which the records that have a number, or had it last, changed: and in which files."""
        having = [self._marked(tree, incident) for tree in self.trees]
        last = max((place for place, marks in enumerate(having) if marks), default=None)
        if last is None:
            return []
        found: list[tuple[str, set[str]]] = []
        before: set[tuple[str, str]] = set()
        for place, (commit, tree) in enumerate(zip(self.commits, self.trees, strict=True)):
            marks = having[last] if place <= last else set()
            after = {(path, blob) for path, blob in tree.items() if self._mark(blob) in marks}
            if after != before:
                found.append((commit, {path for path, _ in after ^ before}))
            before = after
        return found

    def _tree(self, commit: str) -> Tree:
        listed = self._repo.git("ls-tree", "-r", commit, "--", "incidents", "postmortems").splitlines()
        return {path: about.split()[2] for about, path in (line.split("\t") for line in listed)}

    def _marked(self, tree: Tree, incident: str) -> set[str]:
        return {
            self._mark(blob) for path, blob in tree.items() if path.startswith("inc") and self._id(blob) == incident
        }

    def _mark(self, blob: str) -> str:
        return "".join(_MARK.findall(self._contents[blob]))

    def _id(self, blob: str) -> str:
        return "".join(_ID.findall(self._contents[blob]))

    def _read(self, blobs: list[str]) -> dict[str, str]:
        """Return all contents by their names; one process of Git reads them."""
        said = self._repo.git("cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs))
        pieces = re.split(r"^([0-9a-f]{40}) blob \d+\n", said, flags=re.MULTILINE)
        return dict(zip(pieces[1::2], pieces[2::2], strict=True))
