"""Which parts of a sentence state something: a word of doubt governs its clause, and a goal or a condition what hangs on it."""

from __future__ import annotations

import pytest

from incidentbook.prose.claimed_figures import FIGURE, joined
from incidentbook.prose.clauses import Clauses, clauses

WORDS = "MTTR fell"


def taken(text: str) -> Clauses:
    return clauses(text, FIGURE, joined)


def stated(text: str) -> bool:
    start = text.index(WORDS)
    return taken(text).stated(start, start + len(WORDS))


@pytest.mark.parametrize(
    "text",
    [
        "We should also write a runbook, but MTTR fell in Q4.",
        "We should write a runbook, and MTTR fell.",
        "While nobody may have noticed, MTTR fell.",
        "Although we could not hire, MTTR fell.",
        "We plan to add alerts, and MTTR fell.",
        "MTTR fell, which we did not expect.",
        "MTTR fell because we could page the right team.",
        "MTTR fell as planned.",
        "As expected, MTTR fell.",
        "MTTR fell, but will it last?",
        "MTTR fell \N{EN DASH} is that real?",
        "After the last incident, MTTR fell.",
        "If anything, MTTR fell.",
        "MTTR fell without new tools.",
    ],
)
def test_what_is_stated(text: str) -> None:
    assert stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "We cannot say that MTTR fell.",
        "If we leave out drills, MTTR fell.",
        "MTTR fell, if the records are right.",
        "Suppose MTTR fell: what then?",
        "Is it true that MTTR fell?",
        "The vendor claims that MTTR fell.",
        "In this incident, MTTR fell.",
        "The slide said “MTTR fell by 20 %” and no more.",
        "It is unclear how far MTTR fell.",
        "Nobody believes that MTTR fell.",
    ],
)
def test_what_is_not(text: str) -> None:
    assert not stated(text)


def test_a_goal_governs_what_hangs_on_it_in_the_present_tense() -> None:
    text = "The goal is that alerts are fewer, and MTTR is down."
    assert not taken(text).stated(text.index("MTTR"), len(text) - 1)


def test_a_rule_of_thumb_is_no_report() -> None:
    text = "When people are short, MTTR rises."
    assert not taken(text).stated(text.index("MTTR"), len(text) - 1)


def test_behind_a_noun_a_word_of_doubt_counts() -> None:
    text = "A drop in MTTR is planned."
    end = text.index(" is")
    assert taken(text).stated(0, end)
    assert not taken(text).stated(0, end, noun=True)


def test_figures_of_one_list_stay_together() -> None:
    assert taken("MTTD and the MTTR fell").starts == (0,)
    assert len(taken("MTTD rose and the MTTR fell").starts) == 2


def test_an_aside_is_blank_unless_it_says_something_of_a_figure() -> None:
    assert "story" not in taken("Our MTTR, which is not the whole story, fell.").text
    assert "MTTR fell" in taken("We should test more (MTTR fell by 20 %).").text
