"""Blame that was planted is found, innocent look-alikes are not, and each suggestion is given for a reason."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidentbook.prose import Category, blame, counterfactuals, flags, human_error, sentences
from incidentbook.prose.given_names import ALSO_WORDS, GIVEN_NAMES
from incidentbook.prose.patterns import Pattern

HERE = Path(__file__).parent
PATTERNS = [
    pytest.param(pattern, id=f"{module.__name__.rpartition('.')[2]}-{number}")
    for module in (blame, counterfactuals, human_error)
    for number, pattern in enumerate(module._PATTERNS)
]


def load(name: str) -> Any:
    """Return the sentences of one file."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def recall(name: str, capsys: pytest.CaptureFixture[str]) -> tuple[float, float]:
    """Return the shares that are flagged at all, and flagged for the right reason; print both, and what is missed."""
    planted = load(name)
    found = {item["sentence"]: {flag.category for flag in flags(item["sentence"])} for item in planted}
    hits = sum(1 for item in planted if found[item["sentence"]])
    right = sum(1 for item in planted if Category(item["category"]) in found[item["sentence"]])
    with capsys.disabled():
        sys.stdout.write(f"\n  {name}: {hits} of {len(planted)} flagged, {right} for the right reason\n")
    return hits / len(planted), right / len(planted)


def test_planted_blame_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(load("planted.yml")) == 100
    assert recall("planted.yml", capsys) >= (0.95, 0.95)


def test_planted_blame_in_other_words_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert recall("fresh.yml", capsys) >= (0.9, 0.8)


def test_planted_blame_that_nothing_was_tuned_to_is_mostly_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert recall("unseen.yml", capsys) >= (0.55, 0.55)


def test_labels_of_real_texts_hold_no_text() -> None:
    for label in json.loads((HERE / "labels.json").read_text(encoding="utf-8")):
        assert label.keys() <= {"path", "line", "sha256", "flag", "label", "category", "set"}
        assert re.fullmatch("[0-9a-f]{12}", label["sha256"])


def test_there_are_a_hundred_innocent_sentences() -> None:
    assert len(set(load("innocent.yml"))) == 100


@pytest.mark.parametrize("sentence", load("innocent.yml"))
def test_innocent_look_alikes_are_left_alone(sentence: str) -> None:
    assert [(flag.category, flag.words) for flag in flags(sentence)] == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_triggers_are_words_that_a_match_can_hold(pattern: Pattern) -> None:
    letters = re.sub(r"\\[a-zA-Z]", " ", pattern.regex.lower())
    for trigger in pattern.triggers.split():
        assert re.fullmatch(r"[a-z]+", trigger)
        assert trigger[:3] in letters or "<" in letters


def test_the_prefilter_changes_nothing() -> None:
    texts = [item["sentence"] for name in ("planted", "fresh", "unseen") for item in load(f"{name}.yml")]
    for text in [*texts, *load("innocent.yml")]:
        for sentence in sentences(text):
            for parameter in PATTERNS:
                (pattern,) = parameter.values
                assert isinstance(pattern, Pattern)
                if pattern.find(sentence.text):
                    assert sentence.words & set(pattern.triggers.split()), (pattern.triggers, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## Authors\n\nThe text was written by Maria Lindqvist.\n", None),
        ("**Authors:** Maria Lindqvist (@mlind)\n", None),
        ("Thanks to @mlind for the quick fix.\n", None),
        ("We were notified by Maria Lindqvist from the Example Research Team.\n", None),
        ("## Action items\n\n- @mlind writes the runbook\n", None),
        ("[mlind](https://github.com/mlind) restarted it.\n", "@mlind"),
        ("[mlind] restarted it.\n\n[mlind]: https://github.com/mlind\n", "@mlind"),
        ("[README](https://github.com/example) explains it.\n", None),
        ("- 10:05: Maria: I see nothing.\n", "Maria"),
        ("The software of Lockheed Martin calculated it.\n", None),
        ("Install `@types/node`, ask @example/platform-team or @db-team.\n", None),
    ],
)
def test_names_are_told_from_credit_and_assignment(text: str, words: str | None) -> None:
    assert next((flag.words for flag in flags(text)), None) == words


def test_a_sentence_gets_one_flag_for_one_complaint() -> None:
    (flag,) = flags("The engineer should have known that.")
    assert flag.category is Category.COUNTERFACTUAL
    both = [flag.category for flag in flags("It was human error, and we should have tested it.")]
    assert both == [Category.HUMAN_ERROR, Category.COUNTERFACTUAL]


def test_headings_and_questions_are_prompts() -> None:
    assert not list(flags("## What we should have done\n\nWhat should we have known?\n"))


def test_no_name_is_in_both_lists() -> None:
    assert not GIVEN_NAMES & ALSO_WORDS


_WORDS = [
    "engineer ",
    "should have ",
    "the team on ",
    "if the team had ",
    "Maria ",
    "human error ",
    "@a ",
    "the engineer who ",
]
_MARKS = ["`", "[", "](", "![a](", "<a ", "x <!-- ", "<% ", '"a ', "a.", "> ", "| ", "- ", "**", "\n", "<pre>"]


@pytest.mark.parametrize("piece", [*_WORDS, *_MARKS])
def test_a_long_line_takes_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        list(flags(text))
        return time.process_time() - start

    seconds(1_000)  # compiles what is needed
    short, long = seconds(20_000), seconds(80_000)
    assert long < 8 * short + 0.2
