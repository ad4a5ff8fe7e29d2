"""GitHub's words for an issue and for what closed it, read; and how the latter is asked for. No network."""

from __future__ import annotations

from typing import Any

from incidentbook.github.issue import Closer, Issue
from incidentbook.records.time import parse_date, parse_time

CLOSER = """\
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
        nodes { ... on ClosedEvent { closer { __typename ... on PullRequest { url merged } ... on Commit { url } } } }
      }
    }
  }
}
"""


def issue(told: dict[str, Any]) -> Issue:
    """Return an issue from GitHub's words for it."""
    closed, milestone = told.get("closed_at"), told.get("milestone") or {}
    due = milestone.get("due_on")
    return Issue(
        number=told["number"], url=told.get("html_url") or "", title=told.get("title") or "", body=told.get("body") or "",
        open=told["state"] == "open", reason=told.get("state_reason") or "", closed=parse_time(closed) if closed else None,
        milestone=parse_date(due[:10]) if due else None,
        logins=tuple(str(who["login"]) for who in told.get("assignees") or ()),
    )  # fmt: skip


def closer(told: Any) -> Closer | None:
    """Return what closed an issue, from the answer to `CLOSER`; None where a person did, or this token is not told."""
    try:
        nodes = told["data"]["repository"]["issue"]["timelineItems"]["nodes"]
        found = nodes[-1]["closer"] if nodes else None
    except (KeyError, TypeError):
        return None
    match found:
        case {"__typename": "PullRequest", "merged": True, "url": str(url)}:
            return Closer("pull-request", url)
        case {"__typename": "Commit", "url": str(url)}:
            return Closer("commit", url)
    return None
