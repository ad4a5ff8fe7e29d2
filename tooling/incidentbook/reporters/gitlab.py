"""GitLab's Code Quality report: what a merge request shows beside its changes.

Source: GitLab's documentation of Code Quality, "report format": a list of objects with ``description``, ``check_name``,
``fingerprint``, ``severity`` (info, minor, major, critical or blocker) and ``location`` (path from the repository's root, lines).
"""

from __future__ import annotations

import json

from incidentbook.finding import Grade
from incidentbook.reporters import Report
from incidentbook.reporters._places import fingerprints, said, where

_SEVERITIES = {Grade.ERROR: "major", Grade.WARNING: "minor", Grade.INFO: "info"}


def render(report: Report) -> str:
    """Return a list of findings; it is empty, and still a report, when there are none."""
    value = [
        {
            "description": said(found),
            "check_name": f"{found.code} {found.rule}",
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[found.grade],
            "location": {
                "path": where(report, found.path),
                "lines": {"begin": found.span.line, "end": max(found.span.line, found.span.end_line)},
            },
        }
        for found, fingerprint in zip(report.findings, fingerprints(report), strict=True)
    ]
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
