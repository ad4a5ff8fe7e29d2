"""JUnit's XML, which every CI server shows as test results: a suite for each rule, a case for each file with findings.

Servers know a case again by its class and name and keep one failure of each, so all findings of a rule in a file are one case,
whose name does not change with line numbers. A rule that found nothing is one case that passed. No time is given: a report of the
same files is the same bytes. Source: the elements and attributes of Jenkins' ``junit-10.xsd``, which strict readers hold to.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from incidentbook.finding import Finding, Grade
from incidentbook.reporters import Report
from incidentbook.reporters._places import where
from incidentbook.terminal_text import clean

_FAILING = (Grade.ERROR, Grade.WARNING)
NAME = "incidentbook"


def render(report: Report) -> str:
    """Return the report as one XML document; a finding that fails no run is output of a case that passed."""
    root = ET.Element("testsuites", name=NAME)
    found: dict[tuple[str, str], dict[str, list[Finding]]] = {(rule.code, rule.name): {} for rule in report.rules}
    for finding in report.findings:
        files = found.setdefault((finding.code, finding.rule), {})
        files.setdefault(where(report, finding.path), []).append(finding)
    for (code, name), files in sorted(found.items()) or [(("all", "rules"), {})]:
        root.append(_suite(report, f"{code} {name}", files))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(report: Report, name: str, files: Mapping[str, Sequence[Finding]]) -> ET.Element:
    of = f"{NAME}.{name.replace(' ', '-')}"  # a class in a package, which is how servers group cases
    suite = ET.Element("testsuite", name=name, tests=str(max(len(files), 1)))
    if not files:
        ET.SubElement(suite, "testcase", classname=of, name="no findings")
    failures = 0
    for path, findings in files.items():
        case = ET.SubElement(suite, "testcase", classname=of, name=clean(path))
        text = "\n".join(_lines(report, path, findings))
        failing = [finding for finding in findings if finding.grade in _FAILING]
        if not failing:
            ET.SubElement(case, "system-out").text = text
            continue
        failures += 1
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        message = f"{clean(failing[0].message)}{more}"
        ET.SubElement(case, "failure", message=message, type=failing[0].grade.value).text = text
    suite.set("failures", str(failures))
    suite.set("errors", "0")
    return suite


def _lines(report: Report, path: str, findings: Sequence[Finding]) -> list[str]:
    """Return every finding with its place, its hint and the other places that it is about."""
    lines = []
    for found in findings:
        lines.append(f"{clean(path)}:{found.span.line}:{found.span.column}: {clean(found.message)}")
        lines += [
            f"  see {clean(where(report, near.path))}:{near.span.line}: {clean(near.message)}" for near in found.related
        ]
        lines += [f"  {clean(found.hint)}"] if found.hint else []
    return lines
