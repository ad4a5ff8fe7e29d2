"""Which sentences claim a change of a figure, and what they claim."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.prose import claims
from incidentbook.prose.claim_signs import SUBJECTS, may_claim
from incidentbook.prose.claims import Claim, Measure
from prose import comparative_sentences
from prose.claim_sentences import CLAIM, NO_CLAIM

WORDS = (
    "recovery outages downtime improved shorter response "
    "MTTR improved fell by 20 % than last quarter in Q1 2025 fewer incidents . , ( ) time to resolve and availability from "
    "5 to 3 brought down twice as fast many a third incidents detected faster May but if “ ” which more action items on time"
)


def found(text: str) -> list[Claim]:
    return [claim for _, claim in claims.claims(text)]


@pytest.mark.parametrize(
    ("text", "measure", "falls", "percent", "after", "before"),
    [
        ("MTTR improved by 20 %.", Measure.RESOLVED, True, 20.0, "", ""),
        ("Our MTTR has improved since 2024.", Measure.RESOLVED, True, None, "", "2024"),
        ("The mean time to resolve dropped from 3 h to 2 h.", Measure.RESOLVED, True, 33.3, "", ""),
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
        ("The incident rate doubled in 2024-11.", Measure.COUNT, False, 100.0, "2024-11", ""),
        ("Average mitigation times became shorter.", Measure.MITIGATED, True, None, "", ""),
    ],
)
def test_a_claim(text: str, measure: Measure, *, falls: bool, percent: float | None, after: str, before: str) -> None:
    (claim,) = found(text)
    assert (claim.measure, claim.falls) == (measure, falls)
    assert claim.percent == (percent and pytest.approx(percent, abs=0.05))
    assert (claim.after, claim.before) == (after, before)


@pytest.mark.parametrize(
    "text",
    [
        "MTTR was 2 hours.",
        "Our OKR: 30 % fewer incidents in Q2.",
        "Hypothesis: MTTR dropped because of the new tool.",
        "A rise in MTTR of 20 % or more pages the manager.",
        "The dashboard wrongly showed that MTTR dropped by 20 %.",
        "The team reviewed fewer incidents than planned.",
        "Recovery times were slower than in the drill.",
        "The host's uptime dropped to zero in March.",
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
    said = SUBJECTS.intersection(re.findall("[a-z]+", text.lower()))
    assert not claims.find(text) or said, "the quicker look neither"
    assert not claims.find(text) or may_claim(text), "the quick look passes no claim over"


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("We brought MTTR down by a third.", 33.3),
        ("We brought down MTTR by 20 %.", 20),
        ("Hard work cut MTTR in half.", 50),
        ("MTTR was cut by a quarter.", 25),
        ("MTTR has been slashed by 60 percent.", 60),
        ("Mean time to recovery went from 42 to 30 minutes.", 28.6),
        ("MTTR dropped to 30 minutes, from 42 minutes.", 28.6),
        ("MTTR fell from 1 hour to 45 min.", 25),
        ("MTTR halved.", 50),
        ("MTTR is twice as fast as last year.", 50),
        ("MTTR is a fifth lower.", 20),
        ("MTTR: 30 % better than last quarter.", 30),
        ("We have seen MTTR fall by 20 %.", 20),
        ("MTTR did improve by 20 %.", 20),
        ("We now resolve incidents twice as fast.", 50),
        ("Incidents are resolved 40 % faster than in 2023.", 40),
        ("MTTR reduction of 20 %.", 20),
        ("We managed to cut MTTR by 25 %.", 25),
        ("We did not hire anyone, and yet MTTR improved by 20 %.", 20),
        ("MTTR was 20 % below that of last quarter.", 20),
        ("We automated rollbacks, cutting MTTR by 20 %.", 20),
    ],
)
def test_ways_to_say_that_it_got_faster(text: str, percent: float) -> None:
    (claim,) = found(text)
    assert (claim.measure, claim.falls) == (Measure.RESOLVED, True)
    assert claim.percent == pytest.approx(percent, abs=0.05)


@pytest.mark.parametrize(
    ("text", "falls", "percent"),
    [
        ("We had 30 % fewer incidents.", True, 30),
        ("There were half as many incidents as in 2023.", True, 50),
        ("Twice as many incidents hit us.", False, 100),
        ("Incidents are up 22 % on last year.", False, 22),
        ("The number of incidents doubled.", False, 100),
    ],
)
def test_ways_to_say_that_there_were_more_or_fewer(text: str, *, falls: bool, percent: float) -> None:
    (claim,) = found(text)
    assert (claim.measure, claim.falls, claim.percent) == (Measure.COUNT, falls, percent)


@pytest.mark.parametrize(
    ("text", "measure", "falls"),
    [
        ("MTBF improved by 20 %.", Measure.BETWEEN, False),
        ("The mean time between failures fell by 20 %.", Measure.BETWEEN, True),
        ("Uptime improved in Q4.", Measure.AVAILABILITY, False),
        ("Availability got worse this quarter.", Measure.AVAILABILITY, True),
        ("The change failure rate improved.", Measure.CHANGES, True),
        ("The change-failure rate worsened.", Measure.CHANGES, False),
        ("Post-mortem coverage improved.", Measure.WRITTEN, False),
        ("Fewer post-mortems were held in time.", Measure.IN_TIME, True),
        ("The on-time rate of action items improved.", Measure.ON_TIME, False),
        ("We closed fewer action items on time.", Measure.ON_TIME, True),
        ("Median TTD fell.", Measure.DETECTED, True),
        ("Our TTA rose.", Measure.ACKNOWLEDGED, False),
        ("Overall, TTM fell.", Measure.MITIGATED, True),
        ("Average TTR rose.", Measure.RESOLVED, False),
    ],
)
def test_better_is_more_of_some_figures_and_less_of_others(text: str, measure: Measure, *, falls: bool) -> None:
    assert [(claim.measure, claim.falls) for claim in found(text)] == [(measure, falls)]


@pytest.mark.parametrize(
    "text", ["MTTR improved in May 2024.", "In May, MTTR improved.", "MTTR has improved since May."]
)
def test_the_month_of_may_is_no_modal_verb(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text", ["MTTR may have improved.", "It may be that MTTR improved.", "MTTR may improve in May."]
)
def test_the_modal_verb_may(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("Load grew by 50 %, but MTTR improved by 20 %.", [20]),
        ("MTTR improved by 20 %, and 80 % of the pages came at night.", [20]),
        ("MTTD improved by 10 %, while MTTR worsened by 30 %.", [10, 30]),
        ("MTTR fell by 20 % and the number of incidents by 30 %.", [20, 30]),
        ("MTTR fell by 20 %, which beats our target of 10 %.", [20]),
        ("Errors fell by 70 %; MTTR improved.", [None]),
    ],
)
def test_each_claim_has_the_percentage_that_belongs_to_it(text: str, percents: list[float | None]) -> None:
    assert [claim.percent for claim in found(text)] == percents


@pytest.mark.parametrize(
    "text",
    [
        "Time to resolve was 20 % shorter than last time.",
        "In this incident, time to detect was 50 % shorter.",
        "Availability fell by 8 % during the outage.",
        "Our availability dropped at 14:05.",
        "Service was restored 20 % faster than last time.",
    ],
)
def test_what_is_said_of_one_incident_is_a_fact(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["The vendor said that MTTR fell by 20 %.", "Their MTTR fell by 20 %.", "“MTTR fell by 20 %” said the slide."],
)
def test_what_others_say_or_have_is_not_ours_to_prove(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "measure", "falls", "percent"),
    [
        ("Resolution got 30 % faster.", Measure.RESOLVED, True, 30),
        ("Recovery is 25 percent quicker.", Measure.RESOLVED, True, 25),
        ("Recovery takes 20 % longer than in Q1.", Measure.RESOLVED, False, 20),
        ("Resolution takes half as long as in 2023.", Measure.RESOLVED, True, 50),
        ("Detection is twice as fast as last year.", Measure.DETECTED, True, 50),
        ("We made detection 30 % faster.", Measure.DETECTED, True, 30),
        ("We improved detection by 20 %.", Measure.DETECTED, True, 20),
        ("Acknowledgement got slower in Q4.", Measure.ACKNOWLEDGED, False, None),
        ("We respond to incidents 20 % sooner.", Measure.ACKNOWLEDGED, True, 20),
        ("Our response times improved significantly.", Measure.ACKNOWLEDGED, True, None),
        ("The response time of the on-call team improved by 20 %.", Measure.ACKNOWLEDGED, True, 20),
        ("Diagnosis has sped up by 40 % since March.", Measure.IDENTIFIED, True, 40),
        ("Our mitigation became 10 % slower.", Measure.MITIGATED, False, 10),
        ("30 % faster recovery shows that the runbooks work.", Measure.RESOLVED, True, 30),
        ("We recover a quarter faster than last year.", Measure.RESOLVED, True, 25),
        ("It takes us 30 % less time to resolve incidents.", Measure.RESOLVED, True, 30),
        ("Incidents lasted 30 % longer than in 2024.", Measure.RESOLVED, False, 30),
        ("The average outage is 20 % longer.", Measure.RESOLVED, False, 20),
        ("Incident duration decreased by 15 %.", Measure.RESOLVED, True, 15),
        ("We had 40 % fewer outages.", Measure.COUNT, True, 40),
        ("There were fewer outages than last year.", Measure.COUNT, True, None),
        ("Outages increased by 20 %.", Measure.COUNT, False, 20),
        ("We cut outages by half.", Measure.COUNT, True, 50),
        ("Downtime was reduced by 30 %.", Measure.DOWNTIME, True, 30),
        ("We cut downtime by half.", Measure.DOWNTIME, True, 50),
        ("Downtime went from 5 hours to 2 hours.", Measure.DOWNTIME, True, 60),
        ("Less downtime this quarter.", Measure.DOWNTIME, True, None),
    ],
)
def test_what_is_done_in_an_incident_stands_for_its_time(
    text: str, measure: Measure, *, falls: bool, percent: float | None
) -> None:
    assert [(claim.measure, claim.falls, claim.percent) for claim in found(text)] == [(measure, falls, percent)]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution of the DNS names was 20 % slower.",
        "Password recovery got 30 % faster.",
        "Leak detection is 20 % faster.",
        "The recovery was 30 % faster than expected.",
        "Recovery was 20 % slower than in the drill.",
        "Recovery of the database was 50 % faster with the new disks.",
        "Recovery took more than 30 minutes.",
        "We improved detection in March by adding an alert.",
        "We improved how we run incidents in March.",
        "Response times of the API improved significantly in Q4.",
        "Our response times rose to 400 ms in March.",
        "The outage was 20 % longer because of the queue.",
        "Our detection needs to be faster.",
        "Detection should be 30 % faster.",
        "It took 30 % longer to resolve the incident than planned.",
        "The pods recovered 30 % faster after the restart.",
    ],
)
def test_what_another_thing_does_or_one_incident_did_does_not(text: str) -> None:
    assert found(text) == []


def _share(claimed: list[str], of: str) -> str:
    return f"{len(claimed)} of {len(of.splitlines()[1::2])}"


def test_among_sentences_that_were_not_tuned_to() -> None:
    """They stand at odd places; the even ones, which were, are all told apart."""
    right = [text for text in CLAIM.splitlines()[1::2] if found(text)]
    wrong = [text for text in NO_CLAIM.splitlines()[1::2] if found(text)]
    assert (_share(right, CLAIM), _share(wrong, NO_CLAIM)) == ("36 of 37", "1 of 37")
    assert all(found(text) for text in CLAIM.splitlines()[::2])
    assert not any(found(text) for text in NO_CLAIM.splitlines()[::2])


def test_among_sentences_with_comparatives_that_were_only_counted() -> None:
    claimed = sum(bool(found(text)) for text in comparative_sentences.CLAIM.splitlines())
    innocent = sum(bool(found(text)) for text in comparative_sentences.NO_CLAIM.splitlines())
    assert (claimed, innocent) == (42, 1), "before the patterns for them: 6 and 1"


FIGURES = (
    "MTTD|MTTA|MTTI|MTTM|MTTR|time to detect|times to detection|detection time|time to acknowledge|times to acknowledgement|"
    "acknowledgment times|acknowledging time|acknowledged times|time to identify|times to diagnosis|time to mitigate|"
    "mitigation times|time to resolve|time to recovery|times to restore|time to repair|resolution time,|recovery times|"
    "number of incidents|count of SEV-1 incidents|frequency of incidents|rate of new major incidents|incident count|"
    "incident rate|incident frequency|incident numbers|incident volume|TTD|TTA|TTI|TTM|TTR|MTBF|time between failures|"
    "times between outages|days between incidents|change failure rate|change-failure percentage|share of failed changes|"
    "post-mortem coverage|postmortem coverage|share of post-mortems written in time|on-time rate of action items|"
    "share of action items closed on time|action item on-time completion"
)


@pytest.mark.parametrize("figure", FIGURES.split("|"))
@pytest.mark.parametrize(
    "form", ["Our mean {} has improved.", "We reduced the average {}", "An increase of the typical {}"]
)
def test_every_figure_is_found_and_passes_the_quick_look(figure: str, form: str) -> None:
    text = form.format(figure)
    assert claims.find(text)
    assert may_claim(text)
