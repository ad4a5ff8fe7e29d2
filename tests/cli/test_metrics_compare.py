"""`inc metrics compare`: whether what differs between two periods is more than noise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import Inc, write


def test_in_words(inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("metrics", "compare", "--period", "2024")
    assert result.status == 0, result.err
    shown = "\n".join(line for line in result.out.splitlines() if not line.startswith("as of"))
    golden("metrics/compare.txt", shown)


@pytest.mark.parametrize(
    ("period", "other", "before", "after"),
    [
        ("2024-Q1", None, "2023-Q4", "2024-Q1"),
        ("2024-01", None, "2023-12", "2024-01"),
        ("2024", None, "2023", "2024"),
        ("2024-Q4", "2023-Q4", "2023-Q4", "2024-Q4"),
        ("30d", None, "2024-11-16 to 2024-12-16", "30 days to 2025-01-15"),
    ],
)
def test_the_periods(inc: Inc, period: str, other: str | None, before: str, after: str) -> None:
    extra = ["--with", other] if other else []
    told = json.loads(inc("metrics", "compare", "--period", period, *extra, "--json").out)
    assert (told["before"]["label"], told["after"]["label"]) == (before, after)
    assert told["before"]["to"] == told["after"]["from"] or other


def test_by_a_dimension(inc: Inc) -> None:
    result = inc("metrics", "compare", "--period", "2024", "--by", "service")
    assert "An incident may count under more than one service." in result.out
    told = json.loads(inc("metrics", "compare", "--period", "2024", "--by", "severity", "--json").out)
    assert [change["slice"] for change in told["changes"] if change["key"] == "incidents"] == [
        "sev1",
        "sev2",
        "sev3",
        "sev4",
    ]


def test_several_periods_are_refused(inc: Inc) -> None:
    result = inc("metrics", "compare", "--period", "monthly")
    assert result.status == 2
    assert "monthly is several periods" in result.err


@pytest.mark.parametrize(("period", "other"), [("2024-Q4", "2024"), ("2024-Q4", "2024-Q4"), ("2024-Q3", "2024-Q4")])
def test_an_earlier_period_that_does_not_come_before_is_refused(inc: Inc, period: str, other: str) -> None:
    result = inc("metrics", "compare", "--period", period, "--with", other)
    assert result.status == 2
    assert "--with" in result.err
    assert f"{other} does not end before {period} begins" in " ".join(result.err.split())


def test_nothing_to_compare(tmp_path: Path, inc: Inc) -> None:
    policy = {"policy/metrics.yml": {"records_from": "2023-01-01"}}
    result = inc("metrics", "compare", "--period", "2024", root=write(tmp_path, policy))
    assert result.status == 0
    assert "Incidents: 0 in 365 days before, 0 in 366 days after. No change" in result.out


def test_the_second_run_imports_nothing_heavy(example: Path) -> None:
    """Outcomes of tests are kept: a run that computes nothing new does without scipy."""
    code = (
        "import sys; from incidentbook.__main__ import run; status = run(sys.argv[1:]); "
        "sys.stderr.write(','.join(name for name in ('scipy.stats', 'numpy') if name in sys.modules)); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "-C", str(example), "metrics", "compare", "--period", "2024"]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert first.stderr == "scipy.stats,numpy"
    assert (second.stderr, second.stdout) == ("", first.stdout)
