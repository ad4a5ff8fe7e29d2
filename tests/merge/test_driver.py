"""The driver takes any three files, and never leaves less than Git alone would have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import source
from incidentbook.merge import by_lines, driver
from kb import ROOT

RECORDS = sorted((ROOT / "incidents").glob("*/*.yml"))
TEXT = st.text(max_size=120) | st.binary(max_size=80)
PIECES = st.sampled_from(
    ["id: a", "- ", "\n", "  ", "#", "x", ": ", "[", "}", "|", "---\n", "&a ", "*a", "!t ", "\t", "\r", '"',
        "<<<<<<< a\n", "=======\n", ">>>>>>> b\n"]
)  # fmt: skip


def as_bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


@given(st.tuples(TEXT, TEXT, TEXT), st.booleans())
@settings(max_examples=60)
def test_any_three_texts_are_merged_somehow(sides: tuple[str | bytes, ...], markdown: bool) -> None:  # noqa: FBT001
    base, ours, theirs = map(as_bytes, sides)
    outcome = driver.run(base, ours, theirs, markdown=markdown)
    assert outcome.conflicts or not outcome.because or outcome.content is not None


@st.composite
def damaged(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """Draw a record of this knowledge base and two sides of it with something cut out or put in at random."""
    base = draw(st.sampled_from(RECORDS)).read_text(encoding="utf-8")
    sides = []
    for _ in range(2):
        text = base
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(text)))
            end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 20])))
            text = text[:start] + draw(PIECES) + text[end:]
        sides.append(text.encode())
    return base.encode(), sides[0], sides[1]


@given(damaged())
@settings(max_examples=60)
def test_a_merge_by_fields_without_a_conflict_can_be_read(sides: tuple[bytes, bytes, bytes]) -> None:
    outcome = driver.run(*sides, markdown=False)
    if len({*sides}) == 3 and not outcome.because and not outcome.conflicts:
        assert not source.load(outcome.content.decode()).problems


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_record_here_is_merged_by_fields(path: Path) -> None:
    base = path.read_bytes()
    ours, theirs = (
        base.replace(b"\nstatus: ", b"\nx-ours: 1\nstatus: "),
        base.replace(b"\nseverity: ", b"\nx-theirs: 1\nseverity: "),
    )
    outcome = driver.run(base, ours, theirs, markdown=False)
    assert outcome == driver.Outcome(ours.replace(b"\nseverity: ", b"\nx-theirs: 1\nseverity: "), 0)


@pytest.mark.parametrize("path", sorted((ROOT / "postmortems").glob("*/*.md")), ids=lambda path: path.stem)
def test_every_postmortem_here_is_merged_by_fields(path: Path) -> None:
    base = path.read_bytes()
    ours, theirs = base.replace(b"\nstatus: ", b"\nx-ours: 1\nstatus: ", 1), base + b"\nOne more line.\n"
    outcome = driver.run(base, ours, theirs, markdown=True)
    assert outcome == driver.Outcome(ours + b"\nOne more line.\n", 0)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "because"),
    [
        (b"", b"a: 1\n", b"a: 2\n", "both sides added the file"),
        (b"a: 1\n", b"a: \xff\n", b"a: 2\n", "not UTF-8"),
        (b"a: 1\n", b"a: [\n", b"a: 2\n", "ours, line 2: A value is expected here"),
        (b"a: 1\n", b"a: \0\n", b"a: 2\n", "Git does not take it for text either"),
    ],
)
def test_what_cannot_be_read_is_merged_by_lines_and_says_so(
    base: bytes, ours: bytes, theirs: bytes, because: str
) -> None:
    outcome = driver.run(base, ours, theirs, markdown=False)
    assert because in outcome.because
    assert outcome.conflicts
    assert ours.strip() in outcome.content


def test_lines_are_merged_as_git_does() -> None:
    assert by_lines.merge_text("a\n\nb\n", "A\n\nb\n", "a\n\nB\n") == ("A\n\nB\n", 0)


def test_a_base_with_conflicts_of_its_own_is_read_as_its_first_side() -> None:
    base = b"id: x\n<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\nsummary: s\n"
    outcome = driver.run(base, b"id: x\ntitle: A\nsummary: t\n", b"id: x\ntitle: B\nsummary: s\n", markdown=False)
    assert outcome == driver.Outcome(b"id: x\ntitle: B\nsummary: t\n", 0)
