"""Which sentences claim a change of a figure, and what they claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.prose import claims
from incidentbook.prose.claims import Claim, Measure

WORDS = "MTTR improved fell by 20 % than last quarter in Q1 2025 fewer incidents . , ( ) time to resolve"


def found(text: str) -> list[Claim]:
    return [claim for _, claim in claims.claims(text)]


@pytest.mark.parametrize(
    ("text", "measure", "falls", "percent", "after", "before"),
    [
        ("MTTR improved by 20 %.", Measure.RESOLVED, True, 20.0, "", ""),
        ("Our MTTR has improved since 2024.", Measure.RESOLVED, True, None, "", "2024"),
        ("The mean time to resolve dropped from 3 h to 2 h.", Measure.RESOLVED, True, None, "", ""),
        ("MTTD is down 12.5% quarter over quarter.", Measure.DETECTED, True, 12.5, "this quarter", ""),
        (
            "We cut our mean time to recovery by 40 percent last quarter.",
            Measure.RESOLVED,
            True,
            40.0,
            "last quarter",
            "",
        ),
        ("Time to acknowledge got worse than last month.", Measure.ACKNOWLEDGED, False, None, "", "last month"),
        (
            "In Q1 2025 the number of incidents fell by 10 % compared with Q4 2024.",
            Measure.COUNT,
            True,
            10.0,
            "2025-Q1",
            "2024-Q4",
        ),
        ("There were fewer SEV-1 incidents than last year.", Measure.COUNT, True, None, "", "last year"),
        ("We had more incidents than in January 2025.", Measure.COUNT, False, None, "", "2025-01"),
        ("The new alerts led to an improvement in MTTD.", Measure.DETECTED, True, None, "", ""),
        ("The incident rate doubled in 2024-11.", Measure.COUNT, False, None, "2024-11", ""),
        ("Average mitigation times became shorter.", Measure.MITIGATED, True, None, "", ""),
    ],
)
def test_a_claim(text: str, measure: Measure, *, falls: bool, percent: float | None, after: str, before: str) -> None:
    (claim,) = found(text)
    assert (claim.measure, claim.falls, claim.percent) == (measure, falls, percent)
    assert (claim.after, claim.before) == (after, before)


@pytest.mark.parametrize(
    "text",
    [
        "MTTR was 2 hours.",
        "We want to improve MTTR by 20 %.",
        "The goal is that MTTR is down 20 % by June.",
        "MTTR did not improve.",
        "It is not clear whether the number of incidents fell.",
        "Better alerts will reduce our mean time to detect.",
        "Did MTTR improve?",
        "Time to detect was longer than in the previous incident.",
        "Time to resolve was shorter this time.",
        "Response times increased by 20 %.",
        "Error rates dropped when the incident was mitigated.",
        "The incident commander improved the runbook.",
        "More incidents came in during the night.",
        "This helped reduce the time to detect.",
    ],
)
def test_no_claim(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Mean time\nto resolve\nimproved.", "> quoted\n\nOur **mean** time to *resolve* improved."]
)
def test_however_the_lines_are_broken(text: str) -> None:
    assert [claim.measure for claim in found(text)] == [Measure.RESOLVED]


def test_two_figures_in_a_sentence() -> None:
    assert [(c.measure, c.falls) for c in found("MTTD improved by 10 %, while MTTR worsened.")] == [
        (Measure.DETECTED, True),
        (Measure.RESOLVED, False),
    ]


def test_code_and_quotations_claim_nothing() -> None:
    assert found("> MTTR improved by 20 %.\n\n`MTTR improved`\n\n```\nMTTR improved\n```\n") == []


def test_the_place_is_that_of_the_words() -> None:
    ((sentence, claim),) = claims.claims("# Review\n\nIt went well. Again **MTTR** improved by 20 %.\n")
    assert sentence.text[claim.start : claim.end] == "MTTR improved"
    span = sentence.span(claim.start, claim.end)
    assert (span.line, span.column) == (3, 23)


@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_words(words: list[str]) -> None:
    text = " ".join(words)
    for sentence, claim in claims.claims(text):
        assert 0 <= claim.start < claim.end <= len(sentence.text)
    assert not claims.find(text) or claims.may_claim(text), "the quick look passes no claim over"


FIGURES = (
    "MTTD|MTTA|MTTI|MTTM|MTTR|time to detect|times to detection|detection time|time to acknowledge|times to acknowledgement|"
    "acknowledgment times|acknowledging time|acknowledged times|time to identify|times to diagnosis|time to mitigate|"
    "mitigation times|time to resolve|time to recovery|times to restore|time to repair|resolution time,|recovery times|"
    "number of incidents|count of SEV-1 incidents|frequency of incidents|rate of new major incidents|incident count|"
    "incident rate|incident frequency|incident numbers|incident volume"
)


@pytest.mark.parametrize("figure", FIGURES.split("|"))
@pytest.mark.parametrize(
    "form", ["Our mean {} has improved.", "We reduced the average {}", "An increase of the typical {}"]
)
def test_every_figure_is_found_and_passes_the_quick_look(figure: str, form: str) -> None:
    text = form.format(figure)
    assert claims.find(text)
    assert claims.may_claim(text)
