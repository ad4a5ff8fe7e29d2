"""Precision and recall on real post-mortems that nobody here wrote, by labels made by hand (README.md says how).

The texts lie outside this repository: in the folder that INCIDENTBOOK_TEST_DATA names, else in ../shared/data.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest
from markdown_it import MarkdownIt

from incidentbook.prose import claims
from prose import labelling
from prose.labelling import Read, wilson

HAVE = (labelling.DATA / labelling.FOLDER).is_dir()
pytestmark = pytest.mark.skipif(
    not HAVE,
    reason=f"no real post-mortems at {labelling.DATA / labelling.FOLDER}; INCIDENTBOOK_TEST_DATA names their folder",
)
LEAST_PRECISION, LEAST_RECALL = 0.9, 0.8


@pytest.fixture(scope="module")
def items() -> list[Read]:
    """Every sentence of the genuine texts."""
    return labelling.read()


@pytest.fixture(scope="module")
def labels() -> dict[tuple[str, int, str, str], dict[str, Any]]:
    """The labels."""
    return labelling.labels()


def test_every_flagged_sentence_and_every_drawn_one_has_a_label(items: list[Read], labels: dict[Any, Any]) -> None:
    drawn = {item.key for item in labelling.draw(items)}
    missing = [
        (*item.key, name)
        for item in items
        for name in ([flag.category.value for flag in item.flags] or ([""] if item.key in drawn else []))
        if (*item.key, name) not in labels
    ]
    assert not missing, "`python tests/prose/labelling.py` shows the sentences that need a label"


def test_precision(items: list[Read], labels: dict[Any, Any], capsys: pytest.CaptureFixture[str]) -> None:
    right, total = Counter[str](), Counter[str]()
    for item in items:
        for flag in item.flags:
            total[flag.category.value] += 1
            right[flag.category.value] += labels[(*item.key, flag.category.value)]["label"]
    with capsys.disabled():
        low, high = wilson(right.total(), total.total())
        parts = ", ".join(f"{name} {right[name]}/{count}" for name, count in sorted(total.items()))
        sys.stdout.write(f"\n  precision {right.total()}/{total.total()} (95 %: {low:.2f} to {high:.2f}); {parts}\n")
    assert right.total() >= LEAST_PRECISION * total.total()
    language = total.total() - total["name"]
    assert right.total() - right["name"] >= LEAST_PRECISION * language, "without names, which are many and easy"


def test_recall(items: list[Read], labels: dict[Any, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """What the net caught is read in full; what is outside it is known from the draw, and counted up to all statements."""
    drawn = {item.key for item in labelling.draw(items)}
    found = sum(1 for item in items if any(labels[(*item.key, flag.category.value)]["label"] for flag in item.flags))
    silent = [item for item in items if not item.flags]
    guilty = {key[:3] for key, label in labels.items() if label["label"]}
    caught = [item for item in silent if labelling.is_in_net(item.sentence)]
    missed = sum(1 for item in caught if item.key in guilty)
    rest = [item for item in silent if not labelling.is_in_net(item.sentence) and labelling.is_statement(item.sentence)]
    sample = [item for item in rest if item.key in drawn]
    hits = sum(1 for item in sample if item.key in guilty)
    shares = (hits / len(sample), *wilson(hits, len(sample)))
    estimate, best, worst = (found / (found + missed + share * len(rest)) for share in shares)
    with capsys.disabled():
        unflagged = sum(1 for item in silent if item.key in drawn)
        all_missed = sum(1 for item in silent if item.key in drawn and item.key in guilty)
        sys.stdout.write(
            f"\n  drawn and unflagged: {unflagged}, of them guilty: {all_missed}"
            f"\n  missed in the net: {missed} of {len(caught)}; outside: {hits} of {len(sample)} drawn from {len(rest)}"
            f"\n  recall about {found}/{found + missed} = {estimate:.2f} (95 %: {worst:.2f} to {best:.2f})\n"
        )
    assert unflagged >= 200
    assert estimate >= LEAST_RECALL


def test_no_sentence_is_taken_from_code(items: list[Read]) -> None:
    """A Markdown parser agrees on where fenced code is."""
    parser = MarkdownIt("commonmark")
    fences: dict[str, list[tuple[int, int]]] = {}
    for path in {item.path for item in items}:
        text = (labelling.DATA / path).read_text(encoding="utf-8", errors="replace")
        blank = text.replace("\t", "    ")
        tokens = parser.parse(blank)
        fences[path] = [(t.map[0] + 1, t.map[1]) for t in tokens if t.type == "fence" and t.map and t.level == 0]
    inside = [
        item.key for item in items for first, last in fences[item.path] if first <= item.sentence.whole.line <= last
    ]
    assert not inside


def test_no_sentence_of_them_claims_that_a_figure_changed(items: list[Read]) -> None:
    """A find here is to be read: it is a false alarm, or the first claim in these texts."""
    assert [item.key for item in items if claims.find(item.sentence.text)] == []
