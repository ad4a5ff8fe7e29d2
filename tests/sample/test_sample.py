"""The specification's sample: each of its figures comes out of this repository's records, and follows when a record changes.

The expected values are worked out by hand in the tests. All times are UTC; the window is the 720 h (43,200 min) before
2025-01-15T06:00Z. The three incidents in it, in minutes of downtime-equivalent (outage weighs 1, partial 0.5, degraded 0):

    INC-2025-001  SEV-1  outage 02:30-04:45                    135
    INC-2024-015  SEV-2  outage 03:10-04:50, partial to 05:00  100 + 10/2 = 105
    INC-2024-016  SEV-2  outage 02:00-04:00, partial to 04:40  120 + 40/2 = 140
                                                               380 in all
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import chi2

from kb import ROOT, Inc

SEV1, FIRST, SECOND = "INC-2025-001", "INC-2024-015", "INC-2024-016"
WINDOW = 43_200  # minutes
Figures = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def figures(inc: Inc) -> Figures:
    """Return the figures of `inc metrics --json` by their key."""

    def read(root: Path = ROOT) -> dict[str, Any]:
        result = inc("metrics", "--json", root=root)
        assert result.status == 0, result.err
        (measurement,) = json.loads(result.out)["measurements"]
        return {figure["key"]: figure for figure in measurement["figures"]}

    return read


@pytest.fixture(scope="module")
def show(inc: Inc) -> Callable[..., str]:
    """Return `inc show INC-2025-001` with its lines unwrapped."""

    def read(root: Path = ROOT, incident: str = SEV1) -> str:
        result = inc("show", incident, root=root)
        assert result.status == 0, result.err
        return re.sub(r"\n {2,}", " ", result.out)

    return read


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change the one place of a file that reads ``old``."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} holds {text.count(old)} times {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


RECORD = "incidents/2025/INC-2025-001.yml"


# What the sample shows.


def test_times_of_the_incident(show: Callable[..., str]) -> None:
    text = show()
    assert "• Time to detect (TTD): 2 minutes 15 seconds (started to detected)" in text  # 02:30:00 to 02:32:15
    assert "• Time to acknowledge (TTA): 5 minutes (started to acknowledged)" in text  # 02:30 to 02:35
    assert "• Time to resolve (TTR): 2 hours 15 minutes (started to resolved)" in text  # 02:30 to 04:45
    assert "Duration: 2 hours 15 minutes" in text


def test_times_for_programs(inc: Inc) -> None:
    seconds = json.loads(inc("show", SEV1, "--json").out)["seconds"]
    assert (seconds["ttd"], seconds["tta"], seconds["ttr"]) == (2 * 60 + 15, 5 * 60, 2 * 3600 + 15 * 60)


def test_means_of_the_set_are_the_same_and_say_that_they_are_means(figures: Figures, show: Callable[..., str]) -> None:
    found = figures()
    assert found["mttd"]["value"] == (135 + 105 + 165) / 3 == 135  # 2:15, 1:45, 2:45
    assert found["mtta"]["value"] == (300 + 270 + 330) / 3 == 300  # 5:00, 4:30, 5:30
    assert found["mttr"]["value"] == (135 + 110 + 160) / 3 * 60 == 8100  # resolved minus started, in minutes
    for key in ("mttd", "mtta", "mttr"):
        assert found[key]["n"] == 3
        assert found[key]["definition"].startswith("started to ")
    text = show()
    assert (
        "• Mean time to detect (MTTD): 2 minutes 15 seconds (started to detected; n = 3; 95 %: 1 min 45 s to 2 min 45 s)"
        in text
    )
    assert (
        "• Mean time to acknowledge (MTTA): 5 minutes (started to acknowledged; n = 3; 95 %: 4 min 30 s to 5 min 30 s)"
        in text
    )
    assert (
        "• Mean time to resolve (MTTR): 2 hours 15 minutes (started to resolved; n = 3; 95 %: 1 h 50 min to 2 h 40 min)"
        in text
    )


def test_revenue_loss_is_the_hourly_figure_times_the_outage(show: Callable[..., str]) -> None:
    assert f"• Revenue loss: ${85_000 * 2.25:,.0f} (estimated)" in show()  # 135 min = 2.25 h
    assert 85_000 * 2.25 == 191_250


def test_credits_come_from_the_table_in_policy(show: Callable[..., str]) -> None:
    january = 100 * (1 - 135 / (31 * 24 * 60))  # the calendar month; what is left of it counts as up
    assert 99.0 <= january < 99.95
    assert f"{january:.3f}" == "99.698"
    assert f"• SLA credits: ${425_000 * 10 // 100:,} (estimated)" in show()
    assert 425_000 * 10 // 100 == 42_500


def test_severity_from_the_matrix_with_its_four_criteria(inc: Inc, show: Callable[..., str]) -> None:
    report = json.loads(inc("show", SEV1, "--json").out)
    assert report["severity_by_matrix"] == "sev1"
    met = {item["name"]: item["deciding"] for item in report["criteria"] if item["met"]}
    # Customers and revenue decide; the service level and the duration stand beside them.
    assert met == {"Customer impact": True, "Revenue impact": True, "Service level": False, "Duration": False}
    text = show()
    assert "Severity: SEV-1 (Critical)" in text
    assert "• Customer impact: 100% of customers affected" in text
    assert "• Revenue impact: Estimated $85,000/hour" in text
    assert "• Service level: SLA violation (99.95% target, actual 99.12%, Public API)" in text
    assert "• Duration: 2 hours 15 minutes (> 5 minutes target for SEV-1)" in text


def test_thirty_days(figures: Figures) -> None:
    count = figures()["incidents"]
    assert count["value"] == 3
    assert {name: count["parts"][name] for name in ("SEV-1", "SEV-2", "SEV-3")} == {"SEV-1": 1, "SEV-2": 2, "SEV-3": 0}
    assert count["window"] == {
        "label": "30 days to 2025-01-15",
        "from": "2024-12-16T06:00:00Z",
        "to": "2025-01-15T06:00:00Z",
        "time_zone": "UTC",
        "partial": False,
    }


def test_availability_against_its_objective(figures: Figures) -> None:
    found = figures()
    api = found["availability.public-api"]
    assert api["text"] == f"{100 * (1 - 380 / WINDOW):.2f} %" == "99.12 %"
    assert api["target"] == 99.95
    assert "weighed outage 1, partial 0.5, degraded 0" in api["definition"]
    assert found["availability"]["text"] == "99.12 %"  # nothing else was down in the window
    assert found["downtime"]["value"] == 380 * 60


def test_the_two_sev2_add_about_four_hours(figures: Figures, example: Path) -> None:
    (example / RECORD).unlink()
    minutes = figures(example)["downtime"]["value"] / 60
    assert 4 * 60 + 3 <= minutes <= 4 * 60 + 7
    assert minutes == 105 + 140


def test_time_between_failures(figures: Figures) -> None:
    mtbf = figures()["mtbf"]
    assert mtbf["n"] == 8  # SEV-1 and SEV-2 that started since 2024-01-21T06:00Z
    assert mtbf["value"] == 360 / 8 == 45.0
    assert mtbf["window"]["from"] == "2024-01-21T06:00:00Z"
    low, high = mtbf["interval_95"]
    assert (round(low, 1), round(high)) == (22.8, 104)
    assert low == pytest.approx(2 * 360 / chi2.ppf(0.975, 2 * 8 + 2))  # Garwood
    assert high == pytest.approx(2 * 360 / chi2.ppf(0.025, 2 * 8))
    assert mtbf["definition"] == "360 days of exposure divided by the SEV-1 and SEV-2 incidents that started in them"


def test_maturity(show: Callable[..., str]) -> None:
    text = show()
    assert "Current Level: 3/5 (Defined)" in text
    assert "Target Level: 4/5 (Managed)" in text


def test_state_of_the_follow_up(show: Callable[..., str], inc: Inc) -> None:
    text = show()
    assert "Status: resolved" in text
    assert "Status: in review\nScheduled: 2025-01-16" in text
    assert "1. HIGH PRIORITY: Fix failover script bug and deploy to all environments" in text
    assert inc("actions", "overdue", "--fail").status == 0, "the late item has a waiver"
    assert inc("actions", "overdue").out.count("late, waived until") == 1


def test_no_result_is_written_down_in_the_records() -> None:
    results = re.compile(
        r"191[,. ]?250|\b42[,. ]?500\b|99[.,]12|99\.698|\b2 ?h(ours?)? 15|PT2H15M|2 min(utes)? 15|\b135 (min|s\b)"
        r"|\b8[, ]?100\b|\b45(\.0)? days|\b22\.8\b|\b380 min|\b9[, ]?600 s|\b380\b.*downtime|MTT[DAR]: *\d"
    )
    files = [
        path for folder in ("incidents", "postmortems", "playbooks", "policy") for path in (ROOT / folder).rglob("*.*")
    ]
    assert len(files) > 30
    found = {
        str(path.relative_to(ROOT)): hit.group() for path in files if (hit := results.search(path.read_text("utf-8")))
    }
    assert found == {}


# What happens to them when a record changes.


def test_an_outage_an_hour_longer(example: Path, figures: Figures, show: Callable[..., str]) -> None:
    edit(
        example,
        RECORD,
        "from: 2025-01-15T02:30:00Z, to: 2025-01-15T04:45:00Z}",
        "from: 2025-01-15T02:30:00Z, to: 2025-01-15T05:45:00Z}",
    )
    found, text = figures(example), show(example)
    assert found["downtime"]["value"] == (195 + 105 + 140) * 60
    assert found["availability.public-api"]["text"] == f"{100 * (1 - 440 / WINDOW):.2f} %" == "98.98 %"
    assert found["availability.primary-db"]["text"] == f"{100 * (1 - 195 / WINDOW):.2f} %" == "99.55 %"
    assert "actual 98.98%" in text
    assert "• 3 hours 15 minutes of complete outage" in text
    assert f"• Revenue loss: ${85_000 * 3.25:,.0f} (estimated)" in text
    assert 100 * (1 - 195 / 44_640) > 99.0, "the month stays in the same row of the table"
    assert "• SLA credits: $42,500 (estimated)" in text
    assert found["mttr"]["value"] == 8100, "it is taken from milestones, which stand as they were"


def test_an_outage_of_nine_hours_changes_the_row_of_the_credit_table(example: Path, show: Callable[..., str]) -> None:
    edit(
        example,
        RECORD,
        "from: 2025-01-15T02:30:00Z, to: 2025-01-15T04:45:00Z}",
        "from: 2025-01-14T20:30:00Z, to: 2025-01-15T05:30:00Z}",
    )
    assert 95.0 <= 100 * (1 - 540 / 44_640) < 99.0
    assert f"• SLA credits: ${425_000 * 25 / 100:,.0f} (estimated)" in show(example)


def test_resolved_an_hour_later(example: Path, figures: Figures, show: Callable[..., str]) -> None:
    edit(example, RECORD, "  resolved: 2025-01-15T04:45:00Z", "  resolved: 2025-01-15T05:45:00Z")
    text = show(example)
    assert "• Time to resolve (TTR): 3 hours 15 minutes" in text
    assert "• Duration: 3 hours 15 minutes (> 5 minutes target for SEV-1)" in text
    assert "• Resolve within 4 hours: met (3 hours 15 minutes)" in text
    found = figures(example)
    assert found["mttr"]["value"] == (195 + 110 + 160) / 3 * 60 == 9300
    assert found["mttr"]["text"] == "2 hours 35 minutes"
    assert found["median-ttr"]["value"] == 160 * 60
    assert found["downtime"]["value"] == 380 * 60, "it is taken from phases, which stand as they were"


def test_detected_two_minutes_later(example: Path, figures: Figures) -> None:
    edit(example, RECORD, "  detected: 2025-01-15T02:32:15Z", "  detected: 2025-01-15T02:34:15Z")
    assert figures(example)["mttd"]["value"] == (255 + 105 + 165) / 3 == 175


def test_another_severity(example: Path, figures: Figures, show: Callable[..., str]) -> None:
    edit(example, RECORD, "\nseverity: sev1\n", "\nseverity: sev3\n")
    found, text = figures(example), show(example)
    parts = found["incidents"]["parts"]
    assert (parts["SEV-1"], parts["SEV-2"], parts["SEV-3"]) == (0, 2, 1)
    assert found["mtbf"]["n"] == 7
    assert found["mtbf"]["text"] == f"{360 / 7:.1f} days" == "51.4 days"
    assert found["mtbf"]["interval_95"] == pytest.approx([2 * 360 / chi2.ppf(0.975, 16), 2 * 360 / chi2.ppf(0.025, 14)])
    assert "Severity: SEV-3 (Moderate)" in text
    assert "By the matrix: SEV-1 (Critical)" in text, "the business impact has not changed"


def test_less_business_impact(example: Path, inc: Inc, show: Callable[..., str]) -> None:
    edit(example, RECORD, "customers_affected_pct: 100", "customers_affected_pct: 40")
    edit(example, RECORD, "{amount: 85000, currency: USD}", "{amount: 20000, currency: USD}")
    assert json.loads(inc("show", SEV1, "--json", root=example).out)["severity_by_matrix"] == "sev2"
    text = show(example)
    assert f"• Revenue loss: ${20_000 * 2.25:,.0f} (estimated)" in text
    assert "• Customer impact: 40% of customers affected (threshold 10%)" in text
    assert "• Duration: 2 hours 15 minutes (> 30 minutes target for SEV-2)" in text


def test_an_incident_removed(example: Path, figures: Figures, show: Callable[..., str]) -> None:
    (example / f"incidents/2024/{FIRST}.yml").unlink()
    (example / f"postmortems/2024/{FIRST}.md").unlink()
    found, text = figures(example), show(example)
    assert found["incidents"]["value"] == 2
    assert found["incidents"]["parts"]["SEV-2"] == 1
    assert found["downtime"]["value"] == (135 + 140) * 60
    assert found["availability.public-api"]["text"] == f"{100 * (1 - 275 / WINDOW):.2f} %" == "99.36 %"
    assert "actual 99.36%" in text
    assert found["mtbf"]["text"] == f"{360 / 7:.1f} days"
    assert found["mttd"]["value"] == (135 + 165) / 2
    assert found["mtta"]["value"] == (300 + 330) / 2
    assert found["mttr"]["value"] == (135 + 160) / 2 * 60
    assert "• Incident Count (30 days to 2025-01-15): 2" in text
    assert "• SLA credits: $42,500 (estimated)" in text, "January is wholly through the SEV-1"


def test_the_credits_of_december_are_shared_by_downtime(show: Callable[..., str]) -> None:
    # December stands at 100 (1 - 245/44,640) = 99.45 %: 42,500, of which 105/245 and 140/245.
    assert f"• SLA credits: ${42_500 * 105 / 245:,.2f} (estimated)" in show(incident=FIRST)
    assert f"• SLA credits: ${42_500 * 140 / 245:,.2f} (estimated)" in show(incident=SECOND)


def test_other_revenue_per_hour(example: Path, show: Callable[..., str], figures: Figures) -> None:
    before = figures()["revenue-loss.USD"]["value"]["amount"]
    edit(example, RECORD, "{amount: 85000, currency: USD}", "{amount: 100000, currency: USD}")
    text = show(example)
    assert f"• Revenue loss: ${100_000 * 2.25:,.0f} (estimated)" in text
    assert "• Revenue impact: Estimated $100,000/hour" in text
    assert figures(example)["revenue-loss.USD"]["value"]["amount"] == pytest.approx(before + 15_000 * 2.25)


def test_another_row_in_the_credit_table(example: Path, show: Callable[..., str]) -> None:
    edit(
        example,
        "policy/services.yml",
        "{from: 99.0, below: 99.95, percent: 10}",
        "{from: 99.0, below: 99.95, percent: 15}",
    )
    assert f"• SLA credits: ${425_000 * 15 // 100:,} (estimated)" in show(example)


def test_a_table_that_asks_for_less(example: Path, show: Callable[..., str]) -> None:
    edit(example, "policy/services.yml", "below: 99.95, percent: 10}", "below: 99.69, percent: 10}")
    assert "SLA credits" not in show(example), "January's 99.698 % is above every row"


def test_another_weight(example: Path, figures: Figures) -> None:
    edit(example, "policy/metrics.yml", "partial: 0.5", "partial: 1")
    assert figures(example)["downtime"]["value"] == (135 + 110 + 160) * 60


def test_another_exposure(example: Path, figures: Figures) -> None:
    edit(example, "policy/metrics.yml", "exposure: 360d", "exposure: 30d")
    mtbf = figures(example)["mtbf"]
    assert (mtbf["n"], mtbf["value"]) == (3, 10.0)


def test_an_attestation_removed(example: Path, show: Callable[..., str]) -> None:
    path = example / "policy/maturity.yml"
    text = path.read_text(encoding="utf-8")
    before, criterion, after = text.partition("      - id: people-roles-trained\n")
    assert criterion
    path.write_text(before + criterion + re.sub(r" +attested: .*\n", "", after, count=1), encoding="utf-8")
    text = show(example)
    assert "Current Level: 2/5 (Repeatable)" in text
    assert "Target Level: 4/5 (Managed)" in text
    assert "• People: Everybody on the rota has been trained" in text, "what is missing for the target names it"


def test_another_day(example: Path, inc: Inc) -> None:
    # At the end of 20 January the window reaches back to 22 December 00:00: all three are still in it.
    edit(example, "policy/knowledge-base.yml", "as_of: 2025-01-15T06:00:00Z", "as_of: 2025-01-29T00:00:00Z")
    found = {
        item["key"]: item
        for item in json.loads(inc("metrics", "--json", root=example).out)["measurements"][0]["figures"]
    }
    assert found["incidents"]["value"] == 1, "from 30 December on there is only the SEV-1"
    assert found["availability.public-api"]["text"] == f"{100 * (1 - 135 / WINDOW):.2f} %"
