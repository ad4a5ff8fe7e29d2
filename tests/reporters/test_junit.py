"""JUnit's XML: what strict readers allow, counts that add up, cases that keep their names, and no character that XML forbids."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from incidentbook import reporters
from incidentbook.finding import Finding, Grade, Related
from incidentbook.reporters import Report
from incidentbook.rules import discover
from incidentbook.span import Span

RECORD = "incidents/2025/INC-2025-001.yml"
MISSING = Finding("IB101", "missing-key", RECORD, Span(3, 1, 3, 9), "`type` is missing", "For example: `type: other`.")
ALSO = replace(
    MISSING, span=Span(1, 1, 1, 2), message="`due` is missing", related=(Related("p.md", Span(2, 1, 2, 2), "here"),)
)
REMARK = Finding("IB999", "remark", "p.md", Span(), "Fine as it is", grade=Grade.INFO)
LATE = Finding("IB701", "playbook-review", "p.md", Span(4, 1, 4, 2), "Last read in spring", grade=Grade.WARNING)
REPORT = Report([MISSING, ALSO, LATE, REMARK], rules=discover(), prefix="kb/")

# Elements with their attributes and children, as junit-10.xsd of Jenkins' xUnit plugin has them.
ALLOWED = {
    "testsuites": ({"name", "tests", "failures", "errors", "disabled", "time"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"}, {"testcase"}),
    "testcase": ({"name", "classname", "time", "status"}, {"failure", "error", "skipped", "system-out"}),
    "failure": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}


def tree(report: Report) -> ET.Element:
    """Parse a report's XML; a character that XML forbids raises here."""
    text = reporters.render("junit", report)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    return ET.fromstring(text.encode())  # noqa: S314 - our own output


def test_only_what_strict_readers_allow() -> None:
    for element in tree(REPORT).iter():
        attributes, children = ALLOWED[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children


def test_counts_add_up() -> None:
    root = tree(REPORT)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == (str(len(discover()) + 1), "2", "0")
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))


def test_a_suite_is_a_rule_and_a_case_is_a_file() -> None:
    (case,) = tree(REPORT).findall("testsuite[@name='IB101 missing-key']/testcase")
    assert case.attrib == {"classname": "incidentbook.IB101-missing-key", "name": f"kb/{RECORD}"}
    (failure,) = case
    assert failure.attrib == {"message": "`type` is missing (and 1 more)", "type": "error"}
    assert failure.text == (
        f"kb/{RECORD}:3:1: `type` is missing\n"
        "  For example: `type: other`.\n"
        f"kb/{RECORD}:1:1: `due` is missing\n"
        "  see kb/p.md:2: here\n"
        "  For example: `type: other`."
    )


def test_no_two_cases_have_one_name() -> None:
    cases = [(case.get("classname"), case.get("name")) for case in tree(REPORT).iter("testcase")]
    assert len(cases) == len(set(cases))


def test_a_rule_without_findings_is_a_case_that_passed() -> None:
    (case,) = tree(REPORT).findall("testsuite[@name='IB001 syntax']/testcase")
    assert (case.get("name"), list(case)) == ("no findings", [])


def test_a_warning_fails_and_a_remark_does_not() -> None:
    root = tree(REPORT)
    failure = root.find("testsuite[@name='IB701 playbook-review']/testcase/failure")
    assert failure is not None
    assert failure.get("type") == "warning"
    (case,) = root.findall("testsuite[@name='IB999 remark']/testcase")
    assert [child.tag for child in case] == ["system-out"]
    assert case.findtext("system-out") == "kb/p.md:1:1: Fine as it is"


def test_names_do_not_change_with_line_numbers() -> None:
    moved = [replace(found, span=Span(9, 9, 9, 9)) for found in REPORT.findings]
    assert [case.attrib for case in tree(replace(REPORT, findings=moved)).iter("testcase")] == [
        case.attrib for case in tree(REPORT).iter("testcase")
    ]


def test_nothing_that_xml_forbids_gets_in() -> None:
    evil = "]]> <b> & \"q\" 'a' \x00\x08\x1b\x7f\x85\ufffe\uffff\udcff\u202e"
    found = Finding("IB1", f"x{evil}", f"a{evil}.yml", Span(), f"m{evil}", f"h{evil}", Grade.ERROR)
    (failure,) = tree(Report([replace(found, rule="x")])).iter("failure")
    assert str(failure.get("message")).startswith("m]]> <b> & \"q\" 'a' ␀␈␛")
    assert str(failure.text).count("<b>") == 3


def test_nothing_found_and_no_rule_known_is_still_one_case() -> None:
    root = tree(Report([]))
    assert root.get("tests") == "1"
    assert [case.get("name") for case in root.iter("testcase")] == ["no findings"]


def test_no_time_and_no_machine_is_in_it() -> None:
    text = reporters.render("junit", REPORT)
    assert text == reporters.render("junit", REPORT)
    assert not any(word in text for word in ("timestamp", "hostname", " time="))
