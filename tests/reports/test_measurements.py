"""Measurements as JSON, CSV and Markdown: every form carries definition, n and window."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from incidentbook import metrics, periods
from incidentbook.figures import Figure
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.records.money import Money
from incidentbook.reports import measurements as written
from kb import at, incident, repo

WINDOW = Window(at("2025-01-01"), at("2025-01-15 06:00"), "2025-01", "Europe/Berlin", partial=True)
FIGURES = (
    Figure(
        "a", 'Mean, "quoted" | time', "seconds", 8100.0, "started to resolved", n=3, missing=1, open=2, window=WINDOW
    ),
    Figure("b", "MTBF", "days", 45.0, "d", n=8, low=22.8, high=104.2, excluded={"drill": 1}, window=WINDOW),
    Figure("c", "Availability", "percent", 99.1204, "d", target=99.95, window=WINDOW),
    Figure("d.USD", "Loss", "money", Money(Decimal("191250.50"), "USD"), "d", window=WINDOW),
    Figure("e", "Nothing", "money", None, "d", note="a note\nof two lines", window=WINDOW),
    Figure("f", "Count", "count", 3, "d", parts={"SEV-1": 1, "SEV-2": 2}, window=WINDOW),
)
MEASURED = Measurement(WINDOW, at("2025-01-15 06:00"), "abc1234", FIGURES)


def test_json_holds_everything() -> None:
    value = json.loads(written.to_json([MEASURED], "Bücher"))
    assert value["knowledge_base"] == "Bücher"
    (measurement,) = value["measurements"]
    assert measurement["window"] == {
        "label": "2025-01", "from": "2025-01-01T00:00:00Z", "to": "2025-01-15T06:00:00Z", "time_zone": "Europe/Berlin",
        "partial": True,
    }  # fmt: skip
    assert (measurement["as_of"], measurement["commit"]) == ("2025-01-15T06:00:00Z", "abc1234")
    assert measurement["figures"][1] == {
        "key": "b", "name": "MTBF", "value": 45.0, "unit": "days", "text": "45.0 days", "definition": "d", "n": 8, "missing": 0,
        "excluded": {"drill": 1}, "open": 0, "counts_open": False, "interval_95": [22.8, 104.2], "target": None, "parts": {},
        "note": "", "group": "", "method": "", "no_interval": "", "detail": False, "part_unit": "count",
        "window": measurement["window"],
    }  # fmt: skip
    assert measurement["figures"][3]["value"] == {"amount": 191250.5, "currency": "USD"}
    assert measurement["figures"][4]["value"] is None


def test_csv_parses_back() -> None:
    rows = list(csv.DictReader(io.StringIO(written.to_csv([MEASURED, MEASURED]))))
    assert len(rows) == 12
    first, mtbf, _, loss, nothing, count = rows[:6]
    assert first["name"] == 'Mean, "quoted" | time'
    assert (first["value"], first["unit"], first["n"], first["missing"], first["open"]) == (
        "8100.0",
        "seconds",
        "3",
        "1",
        "2",
    )
    assert (first["from"], first["to"], first["partial"]) == ("2025-01-01T00:00:00Z", "2025-01-15T06:00:00Z", "true")
    assert (mtbf["low_95"], mtbf["high_95"], mtbf["excluded"]) == ("22.8", "104.2", "drill=1")
    assert (loss["value"], loss["unit"]) == ("191250.5", "USD")
    assert (nothing["value"], nothing["note"]) == ("", "a note\nof two lines")
    assert count["parts"] == "SEV-1=1; SEV-2=2"
    assert {row["commit"] for row in rows} == {"abc1234"}
    assert "\r" not in written.to_csv([MEASURED])


def test_markdown_is_a_table_with_definitions() -> None:
    text = written.to_markdown([MEASURED], "Name")
    assert text.startswith(
        "# Metrics: Name\n\n## 2025-01 (running)\n\n2025-01-01T00:00:00Z to 2025-01-15T06:00:00Z (Europe/Berlin), as of"
    )
    assert (
        '| Mean, "quoted" \\| time | 2 hours 15 minutes | 3 | 1 missing, 2 still open | started to resolved |' in text
    )
    assert "| MTBF | 45.0 days (22.8 to 104.2) | 8 | 1 drill | d |" in text
    assert "| Availability | 99.12 % (objective 99.95 %) | 0 | - | d |" in text
    assert "| Count | 3 (SEV-1: 1, SEV-2: 2) |" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(FIGURES)
    assert all(line.endswith("|") for line in rows), "a note of two lines is no row of two lines"


def test_a_figure_of_another_window_says_which() -> None:
    exposure = Window(at("2024-01-21 06:00"), at("2025-01-15 06:00"), "exposure")
    figure = Figure("b", "MTBF", "days", 45.0, "divided", note="n", window=exposure)
    assert written.definition(MEASURED, figure) == "divided, 2024-01-21T06:00:00Z to 2025-01-15T06:00:00Z; n"


def test_definitions_are_told_once_for_the_figures_that_share_them() -> None:
    assert written.definitions(MEASURED.figures, MEASURED)[1] == ("MTBF, Availability, Loss, Count", "d")


def test_an_overview_of_several_windows() -> None:
    made = repo(incident(1), incident(2, "2024-12-10T00:00:00Z"), severities={"severities": {"sev1": {}, "sev2": {}}})
    now = at("2025-01-15")
    windows = periods.parse("monthly", now, made.zone)[-2:]
    header, rows = written.series_rows(list(metrics.series(made, windows, now)))
    assert header[0] == "Period"
    assert [row[:3] for row in rows] == [["2024-12", "1", "0/1"], ["2025-01*", "1", "0/1"]]
    assert all(len(row) == len(header) for row in rows)
