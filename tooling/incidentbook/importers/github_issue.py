"""Issues of GitHub: reports through the form of .github/ISSUE_TEMPLATE.

Shapes that are read: the event of a workflow (``GITHUB_EVENT_PATH``), one issue or a list of them as GitHub's API gives it, and
what ``gh issue view`` and ``gh issue list`` print with ``--json number,title,body,url,createdAt,updatedAt``. Anybody may have
written the text, so each answer is held to what its field takes; what is no such answer stays in ``provenance.original`` and is
named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from incidentbook.errors import ImportFileError
from incidentbook.importers import _issue_answers as answers
from incidentbook.importers import _issue_form as forms
from incidentbook.importers import _values as values
from incidentbook.importers._issue_answers import Answered
from incidentbook.importers._model import Draft, Oddity, Parsed, Reason, Rejected
from incidentbook.importers._read import kind_of
from incidentbook.records.vocabulary import IncidentType, Severity

SOURCE = "github-issue"
EXPECTED = "an issue with `number` and `title`, a list of them, or a workflow's event with `issue`, as GitHub gives it"
NOTICED = ("monitoring", "customer", "internal-report", "third-party", "audit", "unknown")
BOXES = {"This is a drill": "exercise", "Nothing was hurt, but could have been": "near_miss"}
FIELDS: dict[str, Callable[[Answered, str, str], None]] = {
    "Severity": answers.choice([*Severity], "severity"),
    "Type": answers.choice([*IncidentType], "type"),
    "Services": answers.services,
    "Started": answers.time("started"),
    "Detected": answers.time("detected"),
    "Noticed by": answers.choice(NOTICED, "detection", "by"),
    "Customers affected": answers.per_cent("classification", "customers_affected_pct"),
    "Kind": answers.ticked(BOXES),
    "What happened": answers.text("summary"),
    "Links": answers.links,
}
_ADDRESS = re.compile(r"https?://[^/\s]+/([^/\s]+/[^/\s]+)/(?:issues|pull)/\d+\Z")
_TIMES = {"created": ("created_at", "createdAt"), "updated": ("updated_at", "updatedAt")}
_TAKEN = {"number", "title", "body", "html_url", "url", *sum(_TIMES.values(), ())}
_KEPT = ("labels", "state", "state_reason", "closed_at")


def parse(data: object) -> Parsed:
    """Return the issues that a file holds. Raises ImportFileError when it is of none of the known shapes."""
    event = data if isinstance(data, Mapping) and "issue" in data else {}
    found = data if isinstance(data, list) else [event.get("issue", data)]
    if found and not any(isinstance(raw, Mapping) and {"number", "title"} <= raw.keys() for raw in found):
        raise ImportFileError(f"expected {EXPECTED}; found {kind_of(data)}")
    repository = event.get("repository")
    page = values.text_of(repository, "full_name") if isinstance(repository, Mapping) else ""
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    notes: list[str] = []
    for index, raw in enumerate(found):
        refused = _reject(index, raw)
        if refused is None:
            draft, said = _draft(index, raw, page)
            drafts.append(draft)
            notes += said
        else:
            rejected.append(refused)
    return Parsed(
        tuple(drafts), tuple(rejected), page or next((_page(draft) for draft in drafts), ""), notes=tuple(notes)
    )


def _page(draft: Draft) -> str:
    return str(draft.record["provenance"].get("page", ""))


def _reject(index: int, raw: Any) -> Rejected | None:
    if not isinstance(raw, Mapping):
        return Rejected(index, f"#{index + 1}", Reason.NOT_AN_OBJECT, detail=f"found {kind_of(raw)}")
    title, number = values.one_line(values.text_of(raw, "title")), values.text_of(raw, "number")
    if not number:
        return Rejected(index, f"#{index + 1}", Reason.NO_ID, title)
    if raw.get("pull_request") is not None or "/pull/" in _address(raw):
        return Rejected(index, number, Reason.PULL_REQUEST, title)
    if not _time(raw, "created", set()):
        return Rejected(index, number, Reason.NO_START_TIME, title)
    return None


def _draft(index: int, raw: Mapping[str, Any], page: str) -> tuple[Draft, list[str]]:
    """Return the draft of one issue, and what is to be said about its answers."""
    number, made = values.text_of(raw, "number"), Answered()
    created = _time(raw, "created", made.odd)
    form = forms.read(values.text_of(raw, "body"), FIELDS)
    for label, answer in form.answers.items():
        FIELDS[label](made, label, answer)
    before = form.before
    if before and not form.answers:
        made.record["summary"], before = before, ""
        made.notes.append("no section of the form stands in it, so its whole text is the summary")
    title = values.one_line(values.text_of(raw, "title"))
    made.odd |= {Oddity.NO_TITLE} if not title else set()
    made.odd |= {Oddity.SECTION_TWICE} if form.twice else set()
    made.odd |= {Oddity.TEXT_OUTSIDE_SECTIONS} if before else set()
    record = {
        "title": title or f"GitHub issue {number}",
        "status": "declared",
        "severity": made.record.pop("severity", "unclassified"),
        **{key: value for key, value in made.record.items() if key != "milestones"},
        "milestones": _milestones(made, created),
        "provenance": _provenance(raw, number, page, created, made, before),
    }
    unread = sorted(key for key, value in raw.items() if value and key not in _TAKEN | {*_KEPT} and "url" not in key)
    if unread:
        made.notes.append(f"stays at the issue: {', '.join(unread)}")
    draft = Draft(index, number, record, tuple(made.services), frozenset(made.odd))
    return draft, [f"issue {number}: {note}" for note in made.notes]


def _milestones(made: Answered, created: str) -> dict[str, Any]:
    given: dict[str, Any] = made.record.get("milestones", {})
    started: Any = given.get("started", "")
    made.odd |= values.odd_times(started, created, "")
    if not started:
        made.odd.add(Oddity.START_NOT_STATED)
        started = {"at": created, "confidence": "unknown", "source": "The time of the report; it states no start"}
    return {**given, "started": started, "declared": created}


def _provenance(
    raw: Mapping[str, Any], number: str, page: str, created: str, made: Answered, before: str
) -> dict[str, Any]:
    address = _address(raw)
    place = _ADDRESS.match(address)
    found = {
        "source": SOURCE,
        "id": number,
        "page": place[1] if place else page,
        "url": address,
        "last_seen": values.later(_time(raw, "updated", made.odd), created),
    }
    original = {key: _plain(raw[key]) for key in _KEPT if raw.get(key)}
    original |= {"answers": made.kept} if made.kept else {}
    original |= {"before": before} if before else {}
    return {key: value for key, value in found.items() if value} | {"original": original}


def _plain(value: Any) -> Any:
    """Return labels by their names alone: an API tells colours and addresses besides."""
    if not isinstance(value, list):
        return value
    return [item.get("name", item) if isinstance(item, Mapping) else item for item in value]


def _address(raw: Mapping[str, Any]) -> str:
    """Return where people read it; the API's own ``url`` is for programs, that of ``gh`` is not."""
    return values.url_or_empty(values.text_of(raw, "html_url") or values.text_of(raw, "url"))


def _time(raw: Mapping[str, Any], which: str, odd: set[Oddity]) -> str:
    return next((found for key in _TIMES[which] if (found := values.time_of(raw, key, odd))), "")
