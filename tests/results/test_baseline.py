"""The baseline: by what a finding is known again, and a file that people and Git can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.finding import Finding
from incidentbook.results import baseline
from incidentbook.results.baseline import BaselineError
from incidentbook.span import Span

PATH = "incidents/2025/INC-2025-001.yml"
LINES = ["id: INC-2025-001", "services: [pubic-api]", "services: [pubic-api]", "title: x"]


def finding(line: int, path: str = PATH, message: str = "m", code: str = "IB401") -> Finding:
    return Finding(code, "unknown-service", path, Span(line, 2, line, 4), message)


def prints(findings: list[Finding], lines: list[str]) -> list[str]:
    return baseline.fingerprints(findings, {PATH: "\n".join(lines)})


@given(st.lists(st.integers(0, 4), max_size=6), st.sampled_from(["", "  ", "# a comment", "\t"]))
def test_lines_that_come_above_change_nothing(places: list[int], line: str) -> None:
    findings = [finding(number) for number in (1, 2, 3, 4)]
    moved, numbers = list(LINES), [1, 2, 3, 4]
    for place in places:
        moved.insert(place, line)
        numbers = [number + (number > place) for number in numbers]
    assert prints([finding(number) for number in numbers], moved) == prints(findings, LINES)


def test_no_two_are_alike_and_equal_ones_are_counted() -> None:
    made = prints([finding(2), finding(3)], LINES)
    assert len(set(made)) == 2
    assert prints([finding(3)], LINES) == made[:1], "the first of its kind, whichever it is"


def test_the_words_of_a_message_do_not_matter_and_the_rest_does() -> None:
    (known,) = prints([finding(2)], LINES)
    assert prints([finding(2, message="since 3 days")], LINES) == [known]
    assert prints([finding(2, code="IB402")], LINES) != [known]
    assert prints([finding(2)], ["", "services: [public-api]"]) != [known]
    assert prints([finding(2, path="other.yml")], LINES) != [known]
    assert baseline.fingerprints([finding(2)], {PATH: "\n".join(LINES)}, "kb/") != [known]


def test_the_file_is_sorted_and_read_again() -> None:
    findings = [finding(2), finding(1, "a b.yml"), finding(3), finding(1, code="IB101")]
    text = baseline.dump(findings, {PATH: "\n".join(LINES)})
    assert [line.split(" ", 2)[::2] for line in text.splitlines() if not line.startswith("#")] == [
        ["IB401", "a b.yml"], ["IB101", PATH], ["IB401", PATH], ["IB401", PATH],
    ]  # fmt: skip
    assert baseline.dump(findings[::-1], {PATH: "\n".join(LINES)}).split("\n")[0] == text.split("\n")[0]
    assert baseline.read("b.txt", text) == frozenset(
        prints(findings, LINES)[:1] + baseline.fingerprints(findings, {PATH: "\n".join(LINES)})
    )
    assert baseline.read("b.txt", text.replace("\n", "\r\n")) == baseline.read("b.txt", text), (
        "as Git on Windows has it"
    )
    assert "pubic" not in text, "it repeats nothing of what the files say"


def test_a_path_that_is_no_text_leaves_one_line() -> None:
    text = baseline.dump([finding(1, "incidents/2025/\udcff\nx.yml")], {})
    assert len(baseline.read("b.txt", text)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "b.txt:1: this is no baseline"),
        ("ignore: []\n", "b.txt:1: this is no baseline"),
        ("# incidentbook baseline 2\n", "b.txt:1: this baseline is of a version"),
        ("# incidentbook baseline 1\n\n<<<<<<< HEAD\n", "b.txt:3: this line is no entry of a baseline: '<<<<<<< HEAD'"),
        ("# incidentbook baseline 1\nIB401 0123 a.yml\n", "b.txt:2: this line is no entry"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(BaselineError) as refused:
        baseline.read("b.txt", text)
    assert str(refused.value).startswith(message)
    assert refused.value.hint


def test_a_baseline_that_a_merge_has_broken_still_lists_the_rest() -> None:
    text = baseline.dump([finding(2)], {PATH: "\n".join(LINES)}) + "=======\n"
    assert baseline.is_baseline(text)
    assert baseline.listed(text) == frozenset(prints([finding(2)], LINES))
