"""`inc metrics`: the table, the formats, the files, and whose view it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook import metrics, periods, repository, slices
from kb import ROOT, Inc, incident, phase, write

CHECK = Callable[[str, str], None]
FORMATS = {
    "json": '{\n  "schema": "urn:incidentbook:schema:metrics-output:v1"',
    "csv": "period,from,to,",
    "md": "# Metrics: ",
    "txt": "30 days to 2025-01-15\n",
    "prom": "# TYPE incidentbook_measurement info\n",
    "om": "# TYPE incidentbook_measurement info\n",
}


def test_the_table(inc: Inc, example: Path, golden: CHECK) -> None:
    done = inc("metrics", root=example)
    assert (done.status, done.err) == (0, "")
    golden("metrics.txt", done.out)


@pytest.mark.parametrize("period", ["monthly", "quarterly", "2024-Q4"])
def test_other_periods(inc: Inc, example: Path, golden: CHECK, period: str) -> None:
    golden(f"metrics-{period}.txt", inc("metrics", "--period", period, root=example).out)


def test_markdown(inc: Inc, example: Path, golden: CHECK) -> None:
    golden("metrics.md", inc("metrics", "--format", "markdown", root=example).out)


@pytest.mark.parametrize("period", ["30d", "monthly", "quarterly", "2023", "2020-01-01..2025-01-01"])
@pytest.mark.parametrize("format_", ["table"])
def test_a_pipe_gets_eighty_columns_and_no_colour(inc: Inc, period: str, format_: str) -> None:
    out = inc("metrics", "--period", period, "--format", format_).out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_has_the_format_of_its_ending(inc: Inc, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"figures.{ending}"
    done = inc("metrics", "--output", str(path))
    assert (done.status, done.out, done.err) == (0, "", f"wrote {path}\n")
    text = path.read_text(encoding="utf-8")
    assert text.startswith(FORMATS[ending])
    assert text.endswith("\n")
    assert "\x1b" not in text


def test_a_format_that_is_given_goes_before_the_ending(inc: Inc, tmp_path: Path) -> None:
    path = tmp_path / "figures.txt"
    assert inc("metrics", "--format", "csv", "--output", str(path)).status == 0
    assert path.read_text(encoding="utf-8").startswith(FORMATS["csv"])
    assert inc("metrics", "--json", "--output", str(tmp_path / "figures.dat")).status == 0
    assert (tmp_path / "figures.dat").read_text(encoding="utf-8").startswith(FORMATS["json"])


def test_a_device_is_written_to_and_stays_one(inc: Inc, tmp_path: Path) -> None:
    import os  # noqa: PLC0415
    import threading  # noqa: PLC0415

    pipe, got = tmp_path / "pipe.csv", []
    os.mkfifo(pipe)
    thread = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    thread.start()
    assert inc("metrics", "--output", str(pipe)).status == 0
    thread.join()
    assert got[0].startswith(FORMATS["csv"])
    assert pipe.is_fifo()


def test_csv_and_json_say_the_same(inc: Inc) -> None:
    rows = list(csv.DictReader(inc("metrics", "--period", "quarterly", "--format", "csv").out.splitlines()))
    measurements = json.loads(inc("metrics", "--period", "quarterly", "--json").out)["measurements"]
    assert [item["window"]["label"] for item in measurements][-1] == "2025-Q1"
    figures = [(item["window"]["label"], figure) for item in measurements for figure in item["figures"]]
    assert len(rows) == len(figures) > 8 * 20
    for row, (label, figure) in zip(rows, figures, strict=True):
        value = figure["value"]["amount"] if isinstance(figure["value"], dict) else figure["value"]
        assert (row["period"], row["key"], row["definition"]) == (label, figure["key"], figure["definition"])
        assert row["value"] == ("" if value is None else str(value))
        assert int(row["n"]) == figure["n"]


def test_every_figure_of_json_carries_what_makes_it_honest(inc: Inc) -> None:
    value = json.loads(inc("metrics", "--json").out)
    (measurement,) = value["measurements"]
    assert set(value) == {"schema", "knowledge_base", "measurements"}
    assert set(measurement) == {"window", "slice", "as_of", "commit", "records_without_a_start", "figures"}
    for figure in measurement["figures"]:
        assert figure["definition"]
        assert set(figure["window"]) == {"label", "from", "to", "time_zone", "partial"}


def test_a_date_is_the_end_of_that_day_in_the_zone(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path, {"policy/knowledge-base.yml": {"name": "T", "time_zone": "America/New_York"}})
    (measurement,) = json.loads(inc("metrics", "--as-of", "2025-01-15", "--json", root=root).out)["measurements"]
    assert measurement["as_of"] == "2025-01-16T05:00:00Z"
    assert measurement["window"]["label"] == "30 days to 2025-01-15"
    (measurement,) = json.loads(inc("metrics", "--as-of", "2025-01-15T12:00:00+01:00", "--json", root=root).out)[
        "measurements"
    ]
    assert measurement["as_of"] == "2025-01-15T11:00:00Z"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z"])
def test_the_ends_of_the_calendar_are_no_bug(inc: Inc, day: str) -> None:
    assert inc("metrics", "--as-of", day).status in (0, 2)
    assert inc("metrics", "--period", f"2024-01-01..{day}").status == 2


def test_monthly_at_the_end_of_a_month(inc: Inc) -> None:
    done = inc("metrics", "--period", "monthly", "--as-of", "2025-01-31", "--json")
    assert json.loads(done.out)["measurements"][-1]["window"]["label"] == "2025-01"


def test_the_default_window_is_policys(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path, {"policy/metrics.yml": {"windows": {"default": "90d"}}})
    (measurement,) = json.loads(inc("metrics", "--as-of", "2025-01-15", "--json", root=root).out)["measurements"]
    assert measurement["window"]["label"] == "90 days to 2025-01-15"


def test_an_audience_counts_only_what_it_may_see(inc: Inc, tmp_path: Path) -> None:
    down = {"impact": {"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T06:00:00Z")]}}
    records = {
        f"incidents/2025/INC-2025-00{number}.yml": incident(number, disclosure=level) | down
        for number, level in enumerate(("public", "internal", "restricted"), 1)
    }
    root = write(tmp_path, records)

    def counted(*audience: str) -> int:
        (measurement,) = json.loads(inc("metrics", "--as-of", "2025-01-15", "--json", *audience, root=root).out)[
            "measurements"
        ]
        return int(measurement["figures"][0]["value"])

    assert [counted("--audience", level) for level in ("public", "internal", "restricted")] == [1, 2, 3]
    assert counted() == 3, "who measures at home sees everything"


def test_brackets_and_colons_in_names_are_no_markup(inc: Inc, tmp_path: Path) -> None:
    services = {"services": {"api": {"name": "Search [beta] [/x] :smile:", "slo": {"availability": 99.9}}}}
    root = write(tmp_path, {"policy/services.yml": services, "policy/knowledge-base.yml": {"name": "Ops [red]x[/red]"}})
    done = inc("metrics", "--as-of", "2025-01-15", root=root)
    assert done.status == 0
    assert "Search [beta] [/x] :smile:" in " ".join(done.out.split())
    assert "Ops [red]x[/red]: 30 days" in done.out


def test_an_empty_knowledge_base(inc: Inc, tmp_path: Path) -> None:
    done = inc("metrics", "--as-of", "2025-01-15", root=write(tmp_path, {}))
    assert done.status == 0
    assert "Incident count" in done.out


def test_by_a_dimension(inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("metrics", "--period", "2024", "--by", "severity")
    shown = "\n".join(line for line in result.out.splitlines() if "commit" not in line)
    golden("metrics/by-severity.txt", shown)
    told = json.loads(inc("metrics", "--period", "2024", "--by", "service", "--json").out)
    assert {item["slice"] for item in told["measurements"]} >= {"Public API", "Sign-in"}
    assert "more than one service" in inc("metrics", "--period", "2024", "--by", "service").out


@pytest.mark.parametrize("dimension", slices.DIMENSIONS)
def test_by_a_dimension_where_nothing_happened(inc: Inc, dimension: str) -> None:
    def said(*form: str) -> str:
        return inc("metrics", "--period", "2010", "--by", dimension, *form).out

    sentence = f"No incident of that time has a {dimension}."
    assert said() == f"Harbourline incident knowledge base: 2010 by {dimension}\n{sentence}\n"
    assert said("--format", "markdown") == f"# Metrics: Harbourline incident knowledge base\n\n{sentence}\n"
    assert json.loads(said("--json"))["measurements"] == []
    assert len(said("--format", "csv").splitlines()) == 1
    assert said("--format", "openmetrics") == "# EOF\n"


def test_by_a_dimension_in_each_of_several_periods(inc: Inc) -> None:
    out = inc("metrics", "--period", "quarterly", "--by", "severity", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert ("2024-Q4", "SEV-2") in {(row["period"], row["slice"]) for row in rows}


def test_what_was_measured_of_the_same_files_is_not_measured_again(
    example: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = inc("metrics", "--all", root=example)
    monkeypatch.setattr(metrics, "series", lambda *_: pytest.fail("measured again"))
    assert inc("metrics", "--all", root=example) == first
    monkeypatch.undo()
    record = example / "incidents/2025/INC-2025-001.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("severity: sev1", "severity: sev2"), encoding="utf-8")
    assert inc("metrics", "--all", root=example) != first


@pytest.mark.parametrize("period", ["30d", "monthly", "2024"])
def test_a_measurement_is_the_same_from_plain_data(period: str) -> None:
    repo = repository.load(ROOT)
    for window in periods.parse(period, repo.now(), repo.zone):
        measured = metrics.measure(repo, window, repo.now(), "abc1234")
        plain = json.loads(json.dumps(measured.plain()))
        assert metrics.Measurement.from_plain(plain, "abc1234").plain() == measured.plain()
