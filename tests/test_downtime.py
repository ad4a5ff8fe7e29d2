"""Downtime-equivalent: phases weighed, overlaps counted once, every second given to one incident."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import downtime
from incidentbook.downtime import Segment
from incidentbook.records.policy.metrics import AvailabilityDefinition, MetricsPolicy
from kb import at, incident, phase, record, repo

POLICY = MetricsPolicy()  # outage 1, partial 0.5, degraded 0
NOW = at("2025-02-01")
DAY = 86_400
JANUARY = (at("2025-01-01"), at("2025-02-01"))


def minutes(*incidents: dict[str, Any], service: str | None = None, policy: MetricsPolicy = POLICY) -> float:
    """Return the downtime-equivalent of January in minutes."""
    parts = downtime.segments([record(**plain) for plain in incidents], policy, NOW)
    return downtime.downtime(downtime.Impact(parts).during(service, *JANUARY), *JANUARY) / 60


def hit(number: int, *phases: dict[str, Any], **more: Any) -> dict[str, Any]:
    return incident(number, impact={"phases": list(phases)}, **more)


def on_tenth(start: str, end: str | None, level: str = "outage", **more: Any) -> dict[str, Any]:
    return phase(f"2025-01-10T{start}:00Z", end and f"2025-01-10T{end}:00Z", level, **more)


def test_levels_weigh_what_policy_says() -> None:
    assert minutes(hit(1, on_tenth("02:00", "03:00"))) == 60
    assert minutes(hit(1, on_tenth("02:00", "03:00", "partial"))) == 30
    assert minutes(hit(1, on_tenth("02:00", "03:00", "degraded"))) == 0
    heavy = MetricsPolicy(availability=AvailabilityDefinition({"outage": 1.0, "partial": 0.25, "degraded": 0.1}))
    assert minutes(hit(1, on_tenth("02:00", "03:00", "partial")), policy=heavy) == 15
    assert minutes(hit(1, on_tenth("02:00", "03:00", "degraded")), policy=heavy) == pytest.approx(6)


def test_a_measured_fraction_takes_the_place_of_the_weight() -> None:
    assert minutes(hit(1, on_tenth("02:00", "03:00", "partial", fraction=0.2))) == pytest.approx(12)
    assert minutes(hit(1, on_tenth("02:00", "03:00", fraction=0))) == 0
    assert minutes(hit(1, on_tenth("02:00", "03:00", fraction=7))) == 60, "nothing is more than down"
    assert minutes(hit(1, on_tenth("02:00", "03:00", fraction=-1))) == 0


def test_a_fraction_that_is_no_number_leaves_the_weight_of_the_level() -> None:
    for nonsense in (float("nan"), float("inf"), "0.2", True, 10**400):
        assert minutes(hit(1, on_tenth("02:00", "03:00", "partial", fraction=nonsense))) == 30


def test_overlapping_phases_count_once_and_the_worst_counts() -> None:
    assert minutes(hit(1, on_tenth("02:00", "04:00", "partial"), on_tenth("03:00", "05:00"))) == 30 + 120
    assert minutes(hit(1, on_tenth("02:00", "04:00"), on_tenth("02:30", "03:00", "partial"))) == 120
    assert minutes(hit(1, on_tenth("02:00", "04:00"), on_tenth("02:00", "04:00"))) == 120


def test_overlapping_incidents_count_once_and_the_earlier_one_is_charged() -> None:
    parts = downtime.segments(
        [record(**hit(1, on_tenth("03:00", "05:00"))), record(**hit(2, on_tenth("02:00", "04:00")))], POLICY, NOW
    )
    assert downtime.by_incident(parts, *JANUARY) == {"INC-2025-002": 7200.0, "INC-2025-001": 3600.0}


def test_the_worse_of_two_incidents_is_charged() -> None:
    parts = downtime.segments(
        [record(**hit(1, on_tenth("02:00", "05:00", "partial"))), record(**hit(2, on_tenth("03:00", "04:00")))],
        POLICY,
        NOW,
    )
    assert downtime.by_incident(parts, *JANUARY) == {"INC-2025-001": 2 * 3600 * 0.5, "INC-2025-002": 3600.0}


def test_an_open_phase_lasts_until_now() -> None:
    going_on = hit(1, phase("2025-01-31T22:00:00Z", None), status="investigating")
    assert minutes(going_on) == 120


def test_a_phase_whose_end_nobody_wrote_down_ends_with_its_incident() -> None:
    assert minutes(hit(1, phase("2025-01-10T00:15:00Z", None))) == 45, "resolved at one o'clock"
    unknown = hit(1, phase("2025-01-10T00:15:00Z", None), milestones={"started": "2025-01-10T00:00:00Z"})
    assert minutes(unknown) == (21 * DAY + 85_500) / 60, "resolved, and nothing says when: until now"
    seen = {"source": "page", "last_seen": "2025-01-10T02:15:00Z"}
    left = hit(1, phase("2025-01-10T00:15:00Z", None), status="investigating", provenance=seen)
    assert minutes(left) == 120, "unresolved when last seen: nobody knows how it went on"


def test_a_phase_ends_at_now_at_the_latest() -> None:
    parts = downtime.segments([record(**hit(1, phase("2025-01-31T22:00:00Z", "2025-03-01T00:00:00Z")))], POLICY, NOW)
    assert [part.seconds for part in parts] == [7200]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-01-10T03:00:00Z", "2025-01-10T03:00:00Z"),  # no length
        ("2025-01-10T03:00:00Z", "2025-01-10T02:00:00Z"),  # ends before it starts
        ("2025-02-10T03:00:00Z", "2025-02-10T04:00:00Z"),  # after now
        ("2025-02-10T03:00:00Z", None),  # after now, and open
    ],
)
def test_a_phase_without_length_is_left_out(start: str, end: str | None) -> None:
    assert downtime.segments([record(**hit(1, phase(start, end)))], POLICY, NOW) == []


def test_phases_that_cannot_be_read_are_left_out() -> None:
    assert minutes(hit(1, {"level": "outage"}, {"level": "outage", "from": "yesterday"}, {"from": 5}, {})) == 0
    assert minutes(hit(1, on_tenth("02:00", "03:00", "broken"))) == 0, "an unknown level has no weight"


def test_a_phase_hits_its_services_or_those_of_the_record() -> None:
    two = hit(
        1, on_tenth("02:00", "03:00", services=["search"]), on_tenth("05:00", "06:00"), services=["api", "search"]
    )
    assert minutes(two, service="search") == 120
    assert minutes(two, service="api") == 60
    assert minutes(two, service="payments") == 0
    assert minutes(two) == 120


def test_a_window_cuts_phases_off_at_both_ends() -> None:
    long = hit(
        1, phase("2024-12-31T23:00:00Z", "2025-01-01T01:00:00Z"), phase("2025-01-31T23:30:00Z", "2025-02-01T00:30:00Z")
    )
    assert minutes(long) == 60 + 30


def test_drills_and_what_else_policy_leaves_out_hurt_no_availability() -> None:
    made = repo(
        hit(1, on_tenth("02:00", "03:00")),
        hit(2, on_tenth("04:00", "05:00"), exercise=True),
        hit(3, on_tenth("06:00", "07:00"), near_miss=True),
        hit(4, on_tenth("08:00", "09:00"), status="cancelled"),
        hit(5, on_tenth("10:00", "11:00"), status="merged"),
    )
    found = downtime.of_repository(made, NOW).during(None, *JANUARY)
    assert {part.incident for part in found} == {"INC-2025-001"}


def test_availability_is_what_is_left() -> None:
    parts = downtime.segments([record(**hit(1, on_tenth("00:00", "12:00")))], POLICY, NOW)
    assert downtime.availability(parts, at("2025-01-10"), at("2025-01-11")) == 50.0
    assert downtime.availability([], *JANUARY) == 100.0
    assert downtime.availability(parts, NOW, NOW) == 100.0, "an empty window was never down"


def test_availability_of_a_month_with_a_change_of_the_clocks() -> None:
    zone = ZoneInfo("Europe/Berlin")
    start, end = dt.datetime(2025, 3, 1, tzinfo=zone), dt.datetime(2025, 4, 1, tzinfo=zone)
    whole = hit(1, phase("2025-02-01T00:00:00Z", "2025-05-01T00:00:00Z"))
    parts = downtime.segments([record(**whole)], POLICY, at("2025-06-01"))
    assert downtime.downtime(parts, start, end) == (31 * 24 - 1) * 3600
    assert downtime.availability(parts, start, end) == 0.0


seconds = st.integers(-5, 65)
segment = st.builds(
    lambda start, length, weight, number: Segment(
        at("2025-01-10") + dt.timedelta(seconds=start),
        at("2025-01-10") + dt.timedelta(seconds=start + length),
        weight,
        frozenset({"api"}),
        f"INC-{number}",
    ),
    seconds, st.integers(1, 30), st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.integers(1, 4),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(segment, max_size=8))
def test_it_is_the_sum_over_seconds_of_the_worst_weight(parts: list[Segment]) -> None:
    start = at("2025-01-10")
    end = start + dt.timedelta(seconds=60)
    ticks = [start + dt.timedelta(seconds=tick) for tick in range(60)]
    by_second = sum(
        max((part.weight for part in parts if part.start <= tick < part.end), default=0.0) for tick in ticks
    )
    shares = downtime.by_incident(parts, start, end)
    assert sum(shares.values()) == pytest.approx(by_second), "an oracle that goes second by second"
    assert downtime.downtime(parts, start, end) == sum(shares.values())
    assert all(share > 0 for share in shares.values())
    assert 0 <= downtime.availability(parts, start, end) <= 100


@settings(max_examples=200)
@given(st.lists(segment, max_size=8), st.integers(-5, 70), st.integers(-5, 70))
def test_what_is_added_up_beforehand_is_the_same(parts: list[Segment], first: int, last: int) -> None:
    start, end = (at("2025-01-10") + dt.timedelta(seconds=number) for number in sorted((first, last)))
    known = downtime.Impact(parts)
    assert known.seconds("api", start, end) == pytest.approx(downtime.downtime(parts, start, end))
    assert known.seconds("nobody", start, end) == 0


@given(st.lists(segment, max_size=8), st.integers(1, 59))
def test_two_halves_add_up(parts: list[Segment], cut: int) -> None:
    start = at("2025-01-10")
    middle, end = start + dt.timedelta(seconds=cut), start + dt.timedelta(seconds=60)
    halves = downtime.downtime(parts, start, middle) + downtime.downtime(parts, middle, end)
    assert halves == pytest.approx(downtime.downtime(parts, start, end))


@given(st.lists(segment, max_size=7), st.randoms())
def test_the_order_of_the_records_does_not_matter(parts: list[Segment], random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    window = (at("2025-01-10"), at("2025-01-10 00:01"))
    assert downtime.by_incident(shuffled, *window) == pytest.approx(downtime.by_incident(parts, *window))


def test_many_overlapping_segments_take_no_square_of_time() -> None:
    def taken(count: int) -> float:
        parts = [
            Segment(
                at("2025-01-01") + dt.timedelta(minutes=number),
                at("2025-01-20") + dt.timedelta(minutes=number),
                1.0 - number / count / 2,
                frozenset({"api"}),
                f"INC-{number}",
            )
            for number in range(count)
        ]
        began = time.process_time()
        downtime.by_incident(parts, *JANUARY)
        return time.process_time() - began

    taken(100)
    small, large = (min(taken(count) for _ in range(3)) for count in (1_000, 8_000))
    assert large < 24 * small, "eight times the segments: a square would take sixty-four times as long"


def test_ties_go_to_the_first_by_start_then_id() -> None:
    same = [Segment(at("2025-01-10"), at("2025-01-11"), 1.0, frozenset(), name) for name in ("INC-3", "INC-1", "INC-2")]
    for order in itertools.permutations(same):
        assert downtime.by_incident(order, *JANUARY) == {"INC-1": DAY}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40), st.sampled_from(["api", "search"])), max_size=12))
def test_the_impact_of_some_days_is_what_a_look_at_every_segment_finds(found: list[tuple[int, int, str]]) -> None:
    hours = [at("2025-01-01") + dt.timedelta(hours=hour) for hour in range(90)]
    parts = [
        Segment(hours[start], hours[start + length], 1.0, frozenset({service}), f"INC-2025-{number:03}")
        for number, (start, length, service) in enumerate(found)
    ]
    impact = downtime.Impact(parts)
    for start, end in ((hours[0], hours[80]), (hours[10], hours[11]), (hours[30], hours[50])):
        for service in (None, "api", "search", "payments"):
            wanted = [
                p for p in parts if (service is None or service in p.services) and p.start < end and p.end > start
            ]
            assert impact.during(service, start, end) == sorted(wanted, key=lambda part: part.start)
