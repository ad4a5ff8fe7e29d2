"""The reports of one set of findings, whole; and texts that try to steer the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from incidentbook import __version__, reporters
from incidentbook.finding import Finding, Fix, Grade, Related
from incidentbook.reporters import Report
from incidentbook.span import Edit, Span

RECORD = "incidents/2025/INC-2025-001.yml"
TEXT = """\
id: INC-2025-001
title: Database cluster failover failure that caused an error rate of one hundred per cent on the public interface
services: [api, 漢字, pubic-api, 🚢, x]  # wide characters before and after
\tnote: tab
due: 2030-02-30
"""
FINDINGS = [
    Finding(
        "IB102",
        "unknown-key",
        RECORD,
        Span(2, 103, 2, 112),
        "A long line is cut around its caret",
        "Look at the far end.",
    ),
    Finding(
        "IB401",
        "unknown-service",
        RECORD,
        Span(3, 21, 3, 30),
        "There is no service `pubic-api` in policy/services.yml; did you mean `public-api`?",
        "Correct the name, or add the service there.",
        related=(Related("policy/services.yml", Span(2, 1, 2, 9), "the services of this knowledge base"),),
    ),
    Finding("IB001", "syntax", RECORD, Span(4, 1, 4, 2), "A tab stands where YAML allows only spaces"),
    Finding("IB201", "no-such-day", RECORD, Span(5, 6, 5, 16), "`due` is 2030-02-30, and February 2030 has 28 days"),
    Finding("IB002", "unread-file", "incidents/x.yaml", Span(), "No command reads this file", grade=Grade.WARNING),
    Finding(
        "IB101",
        "missing-key",
        "gone.yml",
        Span(99, 1, 99, 2),
        "The line is not there",
        fix=Fix("x", (Edit(0, 0, "y"),)),
    ),
    Finding(
        "IB701", "playbook-review", "p.md", Span(1, 1, 1, 4), "A note, 100 % sure: read it", "One\ntwo", Grade.INFO
    ),
]
REPORT = Report(
    FINDINGS, {"records": 1, "post-mortems": 2, "playbooks": 0}, {RECORD: TEXT, "gone.yml": "", "p.md": "---\n"}
)


@pytest.mark.parametrize("name", reporters.names())
def test_whole_report(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"check/report.{name}", reporters.render(name, REPORT).replace(f'"{__version__}"', '"VERSION"'))


def test_the_text_report_fits_80_columns() -> None:
    lines = reporters.render("text", REPORT).splitlines()
    assert max(map(len, lines)) <= 80


def test_carets_stand_below_the_words() -> None:
    lines = reporters.render("text", REPORT).splitlines()
    row = next(n for n, line in enumerate(lines) if "pubic-api, " in line)
    before = lines[row][: lines[row].index("pubic-api")]
    wide = sum(character in "漢字🚢" for character in before)
    assert lines[row + 1].index("^") == len(before) + wide, "two columns for each wide character"
    assert lines[row + 1].count("^") == len("pubic-api")


def test_colour_only_adds_escapes() -> None:
    plain = reporters.render("text", REPORT)
    coloured = reporters.render("text", Report(FINDINGS, REPORT.checked, REPORT.sources, colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_nothing_found() -> None:
    report = Report([], {"records": 1200, "post-mortems": 1})
    assert reporters.render("text", report) == "checked 1,200 records, 1 post-mortem: no findings\n"
    assert reporters.render("concise", report) == reporters.render("text", report)
    assert json.loads(reporters.render("json", report))["findings"] == []


def test_json_says_what_it_documents() -> None:
    value = json.loads(reporters.render("json", REPORT))
    assert value["version"] == 1
    assert value["summary"]["errors"] == 5
    assert value["summary"]["checked"] == {"records": 1, "post-mortems": 2, "playbooks": 0}
    service = value["findings"][1]
    assert (service["line"], service["column"], service["end_line"], service["end_column"]) == (3, 21, 3, 30)
    assert service["related"] == [
        {"path": "policy/services.yml", "line": 2, "column": 1, "message": "the services of this knowledge base"}
    ]
    assert [found["fixable"] for found in value["findings"]] == [False] * 5 + [True, False]


def test_github_escapes_what_would_end_a_command() -> None:
    line = reporters.render(
        "github", [Finding("IB1", "x", "a,b:c%.yml", Span(1, 2, 1, 3), "50 % ::error::\r\n::set-output x=1::", "h")]
    )
    assert line == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,endLine=1,col=2,endColumn=3,title=IB1 x"
        "::50 %25 ::error:: %0A::set-output x=1::%0Ah\n"
    )
    assert line.count("\n") == 1


@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_a_file_cannot_steer_the_terminal(name: str) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
    found = Finding("IB1", "x", f"a{evil}.yml", Span(1, 1, 1, 2), f"m{evil}", f"h{evil}")
    text = reporters.render(name, Report([found], {"records": 1}, {found.path: f"title: {evil}\n"}))
    assert not set("\x1b\x07\x9b\u202e") & set(text)


def test_paths_lead_from_the_reader_s_folder() -> None:
    report = Report(FINDINGS[:1], prefix="kb/")
    assert reporters.render("concise", report).startswith(f"kb/{RECORD}:2:103: IB102 ")
    assert json.loads(reporters.render("json", report))["findings"][0]["path"] == RECORD


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        reporters.render("sarif2", REPORT)


@pytest.mark.parametrize(
    ("kept", "mended", "expected"),
    [
        ({"comment": 2, "policy": 1}, 0, ["kept back: 2 by comments, 1 by policy/checks.yml"]),
        (
            {"baseline": 1},
            1,
            [
                "1 known finding is in the baseline, b.txt",
                "1 of the baseline is mended: `inc check --update-baseline` takes it out",
            ],
        ),
        (
            {"baseline": 1200},
            2,
            [
                "1,200 known findings are in the baseline, b.txt",
                "2 of the baseline are mended: `inc check --update-baseline` takes them out",
            ],
        ),
    ],
)
@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_what_is_kept_back_is_never_silent(name: str, kept: dict[str, int], mended: int, expected: list[str]) -> None:
    report = Report([], {"records": 1}, kept=kept, mended=mended, baseline="b.txt")
    assert reporters.render(name, report).splitlines() == ["checked 1 record: no findings", *expected]
