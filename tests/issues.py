"""Issues as GitHub hands them over, made of answers to the form."""

from __future__ import annotations

from typing import Any

LABELS = (
    "Severity", "Type", "Services", "Started", "Detected", "Noticed by", "Customers affected", "Kind", "What happened", "Links",
)  # fmt: skip
BOXES = "- [ ] This is a drill\n- [ ] Nothing was hurt, but could have been"
ANSWERS = {
    "Severity": "sev2",
    "Type": "availability",
    "Services": "public-api, primary-db",
    "Started": "2025-01-10 09:30 +01:00",
    "Detected": "2025-01-10T08:34:15Z",
    "Noticed by": "customer",
    "Customers affected": "12.5 %",
    "Kind": BOXES,
    "What happened": "Checkout answers with 500.\n\nA restart did not help.",
    "Links": "Error rate: https://dashboards.example/api\n- [Alert](https://alerts.example/7)\nhttps://tickets.example/88",
}


def body(answers: dict[str, str], labels: tuple[str, ...] = LABELS) -> str:
    """Return the text that GitHub makes of the form."""
    return "\n\n".join(f"### {label}\n\n{answers.get(label) or '_No response_'}" for label in labels)


def issue(text: str | None = None, number: int = 12, **more: Any) -> dict[str, Any]:
    """Return an issue as GitHub's API gives it."""
    address = f"https://github.example/harbourline/incidents/issues/{number}"
    return {
        "url": f"https://api.github.example/repos/harbourline/incidents/issues/{number}",
        "html_url": address,
        "number": number,
        "title": "Checkout fails",
        "body": body(ANSWERS) if text is None else text,
        "state": "open",
        "labels": [{"id": 1, "name": "reported", "color": "ff0000"}, {"id": 2, "name": "incident"}],
        "user": {"login": "somebody", "id": 3},
        "assignees": [],
        "created_at": "2025-01-10T08:40:00Z",
        "updated_at": "2025-01-10T08:45:00Z",
        "closed_at": None,
        **more,
    }


def event(**more: Any) -> dict[str, Any]:
    """Return the event of a workflow that somebody's label started."""
    repository = {"full_name": "harbourline/incidents", "private": True}
    return {"action": "labeled", "issue": issue(**more), "label": {"name": "incident"}, "repository": repository}
