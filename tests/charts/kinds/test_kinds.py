"""What each chart takes from records: values worked out by hand, what is left out, and when it is not drawn."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chart_data import DURATIONS, LEVELS, NOW, knowledge_base, scope, twelve
from incidentbook import charts
from incidentbook.charts import draw
from incidentbook.charts.data import Data
from incidentbook.charts.scope import Levels
from incidentbook.periods import Window
from incidentbook.statistics import families
from incidentbook.statistics.survival import survival
from kb import Plain, at, incident, phase, z

YEAR = Window(at("2024-01-01"), at("2025-01-01"), "2024")
NAMES = list(charts.registry())


def gathered(name: str, *incidents: Plain, **more: Any) -> Data:
    policy = {key: more.pop(key) for key in ("metrics", "services") if key in more}
    return charts.gather(name, scope(knowledge_base(*(incidents or twelve()), **policy), **{"window": YEAR, **more}))


def test_every_chart_says_what_it_is_and_what_it_needs() -> None:
    assert NAMES == ["incidents", "durations", "distribution", "rate", "days-between", "error-budget", "action-items"]
    for name, module in charts.registry().items():
        assert module.TITLE
        assert module.NEEDS
        shown = charts.gather(name, scope(knowledge_base(*twelve()), levels=LEVELS, window=YEAR))
        assert (shown.name, shown.refused) == (name, "")
        assert shown.summary.endswith(".")
        assert shown.commit == "abc1234"
        assert f"n = {shown.n}" in shown.foot(pictured=True)[0]
        assert shown.foot(pictured=True)[1] == "2024-01-01 to 2025-01-01 (UTC), as of 2025-01-15 06:00, commit abc1234"


@pytest.mark.parametrize("name", NAMES)
def test_of_nothing_there_is_no_chart_and_the_reason_is_told(name: str) -> None:
    shown = charts.gather(name, scope(knowledge_base()))
    assert shown.refused
    assert (shown.rows, shown.bars) == ((), ())
    assert shown.plain()["refused"] == shown.refused


@pytest.mark.parametrize("name", ["incidents", "rate", "days-between"])
def test_how_often_is_told_of_the_time_with_records_only(name: str) -> None:
    metrics = DURATIONS | {"records_from": "2024-04-05", "mtbf": {"severities": ["sev1", "sev2", "sev3"]}}
    shown = gathered(name, *twelve(), incident(90, "2024-04-04T12:00:00Z"), metrics=metrics)
    assert shown.n == (8 if name == "days-between" else 9)  # of April to December
    if name == "incidents":
        assert shown.summary.startswith("9 incidents in 9 months, 1.0 a month")
        assert sum(row["count"] for row in shown.rows) == 9
    if name == "rate":
        assert (shown.rows[0]["month"], shown.rows[0]["count"], shown.rows[0]["days"]) == ("2024-04", 1, 26)


@pytest.mark.parametrize("name", ["incidents", "rate", "days-between", "error-budget"])
def test_of_a_time_before_records_nothing_is_drawn(name: str) -> None:
    shown = gathered(name, *twelve(), metrics=DURATIONS | {"records_from": "2025-01-02"})
    assert shown.refused
    if name in ("incidents", "error-budget"):
        assert shown.refused == "records begin on 2025-01-02"
    assert name == "error-budget" or shown.n == 0


def test_incidents_are_counted_by_month_and_severity() -> None:
    drill = incident(90, "2024-03-01T00:00:00Z", exercise=True)
    double = incident(91, "2024-03-31T23:59:59Z", severity="sev1")
    shown = gathered("incidents", *twelve(), drill, double)
    march = {row["severity"]: row["count"] for row in shown.rows if row["month"] == "2024-03"}
    assert march == {"sev1": 1, "sev2": 1, "sev3": 0}
    assert (shown.n, shown.left_out) == (13, {"drill": 1})
    assert shown.summary == "13 incidents in 12 months, 1.1 a month on average; most in 2024-03: 2."
    assert shown.bars[2].said == "2 (1/1/0)"
    assert sum(row["count"] for row in shown.rows) == shown.n


def test_the_month_that_is_not_over_is_marked() -> None:
    shown = charts.gather("incidents", scope(knowledge_base(incident(1, "2025-01-02T00:00:00Z"))))
    assert [row["month"] for row in shown.rows if row["partial"]] == ["2025-01"]
    assert shown.notes == ("2025-01 is not whole",)
    assert shown.bars[-1].label == "2025-01*"


def test_durations_have_the_limits_of_their_own_spread() -> None:
    shown = gathered("durations")
    assert [row["seconds"] for row in shown.rows] == [3600 * hours for hours in range(1, 13)]
    centre = math.exp(math.fsum(map(math.log, range(1, 13))) / 12)  # the geometric mean, in hours
    mean_range = math.log(12) / 11  # the logs only rise, so that their ranges add up to log 12 - log 1
    assert shown.lines["centre"] == pytest.approx(3600 * centre)
    assert shown.lines["high"] == pytest.approx(3600 * centre * math.exp(2.66 * mean_range))
    assert shown.lines["low"] == pytest.approx(3600 * centre / math.exp(2.66 * mean_range))
    assert (shown.lines["median"], shown.lines["median_low"], shown.lines["median_high"]) == (
        6.5 * 3600,
        3 * 3600,
        10 * 3600,
    )
    unusual = {row["id"] for row in shown.rows if row["signals"]}
    beyond = {hours for hours in range(1, 13) if abs(math.log(hours / centre)) > 2.66 * mean_range}
    assert unusual == {f"INC-2024-{hours:03}" for hours in beyond}
    assert shown.summary.startswith("Median time to resolve 6 h 30 min (95 %: 3 h to 10 h). Unusual among its own: ")


def test_what_is_open_backwards_zero_or_unknown_is_no_duration() -> None:
    more = [
        incident(81, "2024-06-01T00:00:00Z", status="investigating", milestones={"started": "2024-06-01T00:00:00Z"}),
        incident(82, "2024-06-02T00:00:00Z", milestones={"started": "2024-06-02T00:00:00Z"}),
        incident(
            83,
            "2024-06-03T00:00:00Z",
            milestones={"started": "2024-06-03T00:00:00Z", "resolved": "2024-06-03T00:00:00Z"},
        ),
        incident(
            84,
            "2024-06-04T00:00:00Z",
            milestones={"started": "2024-06-04T00:00:00Z", "resolved": "2024-06-03T00:00:00Z"},
        ),
    ]
    shown = gathered("durations", *twelve(), *more)
    assert (shown.n, shown.left_out["missing"], shown.left_out["of zero length"], shown.left_out["negative"]) == (
        12,
        1,
        1,
        1,
    )
    (still,) = (row for row in shown.rows if row["open"])
    assert still["seconds"] == (NOW - at("2024-06-01")).total_seconds()
    assert still["signals"] == []
    assert shown.notes == ("1 not over: as long as they have lasted, and not in the limits",)
    assert shown.lines["centre"] == pytest.approx(gathered("durations").lines["centre"])


def test_of_very_many_durations_the_last_are_drawn_and_the_others_told() -> None:
    begin = at("2024-01-01")
    many = [
        incident(1, z(begin + dt.timedelta(hours=index))) | {"id": f"INC-2024-{index:04}"} for index in range(1, 321)
    ]
    shown = gathered("durations", *many)
    assert len(shown.rows) == shown.n == 300
    assert shown.left_out["older than the last 300"] == 20
    assert shown.rows[0]["id"] == "INC-2024-0021"


def test_another_response_time_can_be_asked_for() -> None:
    answered = [
        item
        | {
            "milestones": {
                **item["milestones"],
                "acknowledged": z(at(item["milestones"]["started"]) + dt.timedelta(minutes=5)),
            }
        }
        for item in twelve()
    ]
    shown = gathered("durations", *answered, duration="tta")
    assert (shown.title, {row["seconds"] for row in shown.rows}) == ("Time to acknowledge over time", {300.0})
    assert gathered("durations", duration="tta").refused == "n = 0: a control chart needs 8 points"


def test_the_distribution_is_the_share_that_is_over() -> None:
    shown = gathered("distribution")
    steps = [(row["at"], row["share"]) for row in shown.rows if row["kind"] == "step"]
    assert steps == [(3600 * hours, pytest.approx(hours / 12)) for hours in range(1, 13)]
    assert len([row for row in shown.rows if row["kind"] == "tick"]) == 12
    assert shown.lines["median"]["value"] == 6.5 * 3600
    assert shown.lines["P90"]["low"] is None  # twelve are too few for that interval
    assert (
        shown.summary
        == "Half are over within 6 h 30 min (95 %: 3 h to 10 h). One in ten takes longer than 10 h 54 min. "
        "Weibull fits hardly better than gamma (AIC 1.0 below, n = 12)."
    )
    within = {bar.label: bar.said for bar in shown.bars}
    assert (within["within 1 h"], within["within 4 h"], within["within 12 h"]) == ("8%", "33%", "100%")


def test_the_rate_is_per_thirty_days_of_each_month() -> None:
    shown = gathered("rate")
    february = shown.rows[1]
    assert (february["month"], february["count"], february["days"]) == ("2024-02", 1, 29)
    assert february["rate"] == pytest.approx(30 / 29)
    assert shown.lines["centre"] == pytest.approx(12 / (366 / 30))
    assert shown.summary == "0.98 incidents per 30 days on average. No month is unusual: what differs is noise."
    assert gathered("rate", *twelve()[-7:]).refused == "months = 7: a control chart needs 8 points"


def test_days_between_severe_incidents() -> None:
    shown = gathered("days-between")
    severe = [number for number in range(1, 13) if number % 4]
    days = [(at(f"2024-{b:02}-10") - at(f"2024-{a:02}-10")).days for a, b in pairwise(severe)]
    assert [row["days"] for row in shown.rows[:-1]] == days
    assert (shown.rows[-1]["open"], shown.rows[-1]["days"]) == (
        True,
        pytest.approx(51.5),
    )  # from 10 November, noon, to the end
    assert shown.left_out == {"of another severity": 3}
    assert shown.title == "Days between SEV-1 and SEV-2 incidents"
    few = gathered("days-between", *twelve()[:8])
    assert few.refused == "gaps between SEV-1 and SEV-2 incidents = 5: a control chart needs 8 points"


def test_a_gap_may_begin_before_the_window() -> None:
    window = Window(at("2024-02-01"), at("2025-01-01"), "")
    shown = gathered("days-between", window=window)
    assert shown.rows[0]["id"] == "INC-2024-002"
    assert shown.rows[0]["days"] == 31


def test_a_budget_is_what_the_objective_allows_in_its_window() -> None:
    lost = incident(
        1, "2024-06-10T12:00:00Z", impact={"phases": [phase("2024-06-10T12:00:00Z", "2024-06-10T12:43:12Z")]}
    )
    window = Window(at("2024-06-01"), at("2024-08-01"), "")
    shown = charts.gather("error-budget", scope(knowledge_base(lost), window=window))
    spent = {row["day"][:10]: row["spent"] for row in shown.rows}
    assert spent["2024-06-11"] == 100  # 0.1 % of 30 days are 43 min 12 s
    assert spent["2024-07-10"] == 100  # 10 June is in the 30 days that end with 9 July ...
    assert spent["2024-07-11"] == 0  # ... and in none that end later
    assert {row["service"] for row in shown.rows} == {"Public <API> & {{ 7*7 }}"}
    assert shown.notes == ("1 service with an objective lost nothing",)
    assert shown.summary == "1 of 2 services with an objective overspent at some time: none at the end of the time."
    assert shown.bars[0].mark == "0 % now, 100 % at worst"


def test_a_window_of_hours_is_reckoned_as_it_is() -> None:
    services = {"services": {"api": {"name": "API", "slo": {"availability": 90, "window": "36h"}}}}
    lost = incident(
        1, "2024-06-10T12:00:00Z", impact={"phases": [phase("2024-06-10T12:00:00Z", "2024-06-10T13:48:00Z")]}
    )
    window = Window(at("2024-06-10"), at("2024-06-14"), "")
    shown = charts.gather("error-budget", scope(knowledge_base(lost, services=services), window=window))
    assert [row["spent"] for row in shown.rows] == [
        50,
        50,
        0,
        0,
    ]  # 108 min of 216 min, seen on the 11th and the 12th, noon


def test_a_budget_over_long_tells_the_worst_of_several_days() -> None:
    window = Window(at("2024-01-01"), at("2026-01-01"), "")
    asked = scope(knowledge_base(*twelve()), window=window)
    shown = charts.gather("error-budget", asked)
    assert "the worst of each 2 days" in shown.definition
    assert max(row["spent"] for row in shown.rows) == pytest.approx(
        100 * 12 / 0.72, abs=0.01
    )  # twelve hours of 43.2 min


def test_services_without_objective_or_loss_have_no_budget() -> None:
    plain = {"services": {"api": {"name": "API"}}}
    assert "no service has an objective" in gathered("error-budget", services=plain).refused
    unhurt = [item | {"impact": {}} for item in twelve()]
    shown = gathered("error-budget", *unhurt)
    assert shown.refused == "no service with an objective lost anything"
    assert shown.left_out["without impact phases"] == 12


def test_action_items_are_told_as_they_were_given() -> None:
    shown = gathered("action-items", levels=LEVELS)
    assert [(row["open"], row["overdue"]) for row in shown.rows[:3]] == [(11, 1), (12, 2), (13, 0)]
    assert shown.n == 40
    assert (
        shown.summary == "22 action items open at the end of 2024-12, 0 of them overdue; 11 open at the end of 2024-01."
    )
    assert shown.notes == ("2024-12 is not whole",)
    unknown = [{"label": "2023-12", "partial": False, "open": None, "overdue": None, "done": None}, *LEVELS.rows]
    assert gathered("action-items", levels=Levels(unknown, "d", 1)).notes[0] == "1 month before the history begins"
    assert "does not reach back" in gathered("action-items", levels=Levels(unknown[:1], "d", 1)).refused
    assert gathered("action-items", levels=Levels(refused="it stands still")).refused == "it stands still"
    assert "was not read" in gathered("action-items").refused


def test_the_family_that_fits_best_is_drawn_and_told() -> None:
    shown = gathered("distribution")
    hours = [3600.0 * hour for hour in range(1, 13)]
    found = families.families(hours)
    family = shown.lines["family"]
    assert (family["fits"], family["lead"], family["words"]) == (found.plain()["fits"], found.lead, found.words)
    assert found.best is not None
    drawn = [(row["at"], row["share"]) for row in shown.rows if row["kind"] == "fit"]
    assert [share for _, share in drawn] == pytest.approx(families.shares(found.best, [at for at, _ in drawn]))
    assert f"Weibull: at most {100 * families.distance(found.best, survival(hours)):.0f} points off" in shown.notes[-1]
    assert "dotted line is the Weibull" in shown.foot(pictured=True)[0]
    assert "dotted" not in shown.foot(pictured=False)[0]


def test_no_family_is_told_with_its_reason() -> None:
    alike = [incident(n, f"2024-06-{n:02}T00:00:00Z") for n in range(1, 10)]
    shown = gathered("distribution", *alike)
    assert shown.notes == ("no family: all 9 values are the same: nothing says how far others would lie",)
    assert not [row for row in shown.rows if row["kind"] == "fit"]
    assert "fits" not in shown.summary
    assert draw.to_svg(shown)


@pytest.mark.parametrize(
    ("levels", "reason", "advice"),
    [
        (Levels(refused="it stands still", advice="Move on."), "it stands still", "Move on."),
        (
            Levels([{"label": "2024-12", "partial": False, "open": 0, "overdue": 0, "done": 0}], "d"),
            "never been",
            "Post-mortems",
        ),
        (Levels([{"label": "2024-12", "partial": False, "open": None}], "d", 3), "not reach back", "a later --period"),
    ],
)
def test_where_there_is_no_burn_down_it_says_what_to_do(levels: Levels, reason: str, advice: str) -> None:
    shown = gathered("action-items", levels=levels)
    assert reason in shown.refused
    assert advice in shown.advice


def test_one_month_is_told_once_and_its_bar_stays_slim() -> None:
    one = gathered("action-items", levels=Levels(LEVELS.rows[-1:], "d", 40))
    many = gathered("action-items", levels=LEVELS)
    assert one.summary == "22 action items open at the end of 2024-12, 0 of them overdue."
    widths = [re.findall(r'"band": ([0-9.]+)', json.dumps(draw.specification(data))) for data in (one, many)]
    assert widths == [[str(1 / 12)], ["1.0"]]


def test_nothing_open_is_drawn_as_nothing() -> None:
    none = [{"label": "2024-12", "partial": False, "open": 0, "overdue": 0, "done": 3}]
    shown = gathered("action-items", levels=Levels(none, "d", 3))
    assert shown.summary.startswith("0 action items open at the end of 2024-12")
    assert "Dec" in draw.to_svg(shown)


def test_an_incident_is_pointed_at() -> None:
    for name in ("durations", "distribution", "days-between"):
        shown = gathered(name, highlight="INC-2024-005")
        assert [row["id"] for row in shown.rows if row.get("highlight")] == ["INC-2024-005"]
        assert ">INC-2024-005</text>" in draw.to_svg(shown)


LENGTHS = st.integers(0, 400 * 86400)
ANY = st.lists(
    st.tuples(
        st.integers(0, 700), LENGTHS, st.sampled_from(["sev1", "sev2", "sev3", "sev4", "unclassified"]), st.booleans()
    ),
    max_size=30,
)


@given(ANY)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_incidents_are_drawn_or_the_reason_is_told(found: list[tuple[int, int, str, bool]]) -> None:
    base = at("2023-02-01")
    plain = []
    for number, (day, seconds, severity, is_open) in enumerate(found):
        begin = base + dt.timedelta(days=day)
        times = {"started": z(begin)} | ({} if is_open else {"resolved": z(begin + dt.timedelta(seconds=seconds))})
        plain.append(
            incident(
                number, z(begin), severity=severity, status="investigating" if is_open else "resolved", milestones=times
            )
            | {"id": f"INC-2023-{number:03}", "impact": {"phases": [phase(z(begin), times.get("resolved"))]}}
        )
    asked = scope(knowledge_base(*plain))
    for name in NAMES:
        shown = charts.gather(name, asked)
        if shown.refused:
            assert not shown.rows
        else:
            assert draw.specification(shown)["$schema"]
            assert shown.summary
