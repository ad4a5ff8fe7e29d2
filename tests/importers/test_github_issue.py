"""What the importer makes of an issue that came through the form, was edited afterwards, or was not made by the form at all."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.errors import ImportFileError
from incidentbook.importers import Draft, Oddity, Reason, github_issue
from issues import ANSWERS, LABELS, body, event, issue
from kb import ROOT

FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/incident.yml").read_text(encoding="utf-8"))
FIELDS = {field["attributes"]["label"]: field for field in FORM["body"] if field["type"] != "markdown"}


PASTED = [*(f"### {label}" for label in LABELS), "```", "~~~~", "sev4", "- [x] This is a drill", "_No response_", ""]


def options(label: str) -> list[Any]:
    found: list[Any] = FIELDS[label]["attributes"]["options"]
    return found


def schema(*path: str) -> Any:
    found: Any = json.loads((ROOT / "schemas/incident.schema.json").read_text(encoding="utf-8"))
    for step in path:
        found = found[step]
    return found


def draft(text: str | None = None, **more: Any) -> Draft:
    (found,) = github_issue.parse(issue(text, **more)).drafts
    return found


def changed(**answers: str) -> Draft:
    named = {label: answers.get(label.lower().replace(" ", "_"), ANSWERS[label]) for label in LABELS}
    return draft(body(named))


def notes(text: str) -> tuple[str, ...]:
    return github_issue.parse(issue(text)).notes


def test_every_field_of_the_form_is_read_and_nothing_else_is_expected() -> None:
    assert [*FIELDS] == [*github_issue.FIELDS] == [*LABELS]


def test_the_forms_options_are_those_of_schema_and_policy() -> None:
    services = yaml.safe_load((ROOT / "policy/services.yml").read_text(encoding="utf-8"))["services"]
    assert options("Severity") == schema("$defs", "severity", "enum")
    assert options("Type") == schema("$defs", "incidentType", "enum")
    assert options("Noticed by") == schema("properties", "detection", "properties", "by", "enum")
    assert options("Services") == [*services]
    assert [box["label"] for box in options("Kind")] == [*github_issue.BOXES]
    assert [*github_issue.NOTICED] == options("Noticed by")


def test_no_pasted_text_stands_before_a_short_answer() -> None:
    kinds = [field["type"] for field in FIELDS.values()]
    assert "textarea" not in kinds[: kinds.index("textarea")]
    assert set(kinds[kinds.index("textarea") :]) == {"textarea"}


def test_a_whole_report() -> None:
    found = draft()
    assert dict(found.record) == {
        "title": "Checkout fails",
        "status": "declared",
        "severity": "sev2",
        "type": "availability",
        "detection": {"by": "customer"},
        "classification": {"customers_affected_pct": 12.5},
        "summary": "Checkout answers with 500.\n\nA restart did not help.",
        "links": {
            "external": [
                {"title": "Error rate", "url": "https://dashboards.example/api"},
                {"title": "Alert", "url": "https://alerts.example/7"},
                {"title": "https://tickets.example/88", "url": "https://tickets.example/88"},
            ]
        },
        "milestones": {
            "detected": "2025-01-10T08:34:15Z",
            "started": "2025-01-10T09:30:00+01:00",
            "declared": "2025-01-10T08:40:00Z",
        },
        "provenance": {
            "source": "github-issue",
            "id": "12",
            "page": "harbourline/incidents",
            "url": "https://github.example/harbourline/incidents/issues/12",
            "last_seen": "2025-01-10T08:45:00Z",
            "original": {"labels": ["reported", "incident"], "state": "open"},
        },
    }
    assert [service.name for service in found.services] == ["public-api", "primary-db"]
    assert found.oddities == set()


def test_what_is_not_taken_over_of_the_issue_is_named_and_no_person_gets_into_the_record() -> None:
    parsed = github_issue.parse(issue())
    assert parsed.notes == ("issue 12: stays at the issue: user",)
    assert "somebody" not in json.dumps(dict(parsed.drafts[0].record))


def test_only_what_is_needed() -> None:
    found = draft(body({"Severity": "unclassified", "What happened": "It is slow."}))
    assert {*found.record} == {"title", "status", "severity", "summary", "milestones", "provenance"}
    assert found.record["milestones"] == {
        "started": {"at": "2025-01-10T08:40:00Z", "confidence": "unknown",
                    "source": "The time of the report; it states no start"},
        "declared": "2025-01-10T08:40:00Z",
    }  # fmt: skip
    assert found.oddities == {Oddity.START_NOT_STATED}


def test_boxes() -> None:
    found = changed(kind="- [X] This is a drill\n- [ ] Nothing was hurt, but could have been")
    assert found.record["exercise"] is True
    assert "near_miss" not in found.record
    odd = changed(kind="- [x] Nothing was hurt, but could have been\n- [x] Mine")
    assert odd.record["near_miss"] is True
    assert odd.record["provenance"]["original"]["answers"] == {"Kind": "- [x] Mine"}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_the_browser_change_nothing(end: str) -> None:
    assert draft(body(ANSWERS).replace("\n", end)) == draft()


def test_headings_within_an_answer_are_text() -> None:
    text = "### What I did\n\nNothing.\n\n```\n### Links\n\nno link\n```\n\n    ### Severity\n\n### Severity\n\nsev4"
    found = changed(what_happened=text)
    assert found.record["summary"] == text
    assert found.record["severity"] == "sev2"
    assert found.oddities == {Oddity.SECTION_TWICE}


def test_a_fence_that_nobody_closed_takes_no_section_along() -> None:
    found = changed(what_happened="```\nthe log of it")
    assert found.record["summary"] == "```\nthe log of it"
    assert len(found.record["links"]["external"]) == 3


def test_sections_in_another_order_and_with_other_blanks() -> None:
    turned = body(ANSWERS, LABELS[::-1]).replace("### Severity", "###   SEVERITY ##")
    assert draft(turned).record == draft().record


@pytest.mark.parametrize(
    ("label", "answer", "wanted"),
    [
        ("Severity", "sev5", "not one of sev1, sev2, sev3, sev4, unclassified"),
        ("Type", "fire", "not one of availability, "),
        ("Started", "about nine", "not a time with its offset such as 2025-01-15 02:30 Z"),
        ("Started", "2025-01-10 09:30", "not a time with its offset"),
        ("Started", "2025-02-30 09:30 Z", "not a time with its offset"),
        ("Detected", "0000-01-01 00:00 Z", "not a time with its offset"),
        ("Noticed by", "a cat", "not one of monitoring, "),
        ("Customers affected", "half", "not a number from 0 to 100"),
        ("Customers affected", "101", "not a number from 0 to 100"),
        ("Customers affected", "१२", "not a number from 0 to 100"),
        ("Kind", "- [x] Mine", "not one of the boxes This is a drill, "),
        ("Links", "javascript:alert(1)", "not an address of the web"),
    ],
)
def test_an_answer_that_its_field_does_not_take_is_kept_and_named(label: str, answer: str, wanted: str) -> None:
    text = body(ANSWERS | {label: answer})
    found = draft(text)
    assert found.record["provenance"]["original"]["answers"] == {label: answer}
    assert found.oddities & {Oddity.ANSWER_UNREADABLE, Oddity.UNREADABLE_TIME}
    (note,) = (note for note in notes(text) if "stays at" not in note)
    assert note.startswith(f"issue 12: `{label}` says “{answer}”, which is {wanted}")


def test_what_somebody_wrote_below_a_short_answer_is_kept() -> None:
    found = changed(severity="SEV1\n\n### Because\n\nIt is all down")
    assert found.record["severity"] == "sev1"
    assert found.record["provenance"]["original"]["answers"] == {"Severity": "### Because\n\nIt is all down"}
    assert found.oddities == {Oddity.TEXT_OUTSIDE_SECTIONS}


def test_text_above_the_sections_is_kept() -> None:
    found = draft("Edited: see below.\n\n" + body(ANSWERS))
    assert found.record["provenance"]["original"]["before"] == "Edited: see below."
    assert found.oddities == {Oddity.TEXT_OUTSIDE_SECTIONS}


def test_an_issue_that_the_form_did_not_make() -> None:
    found = draft("All is down.\n\n### Steps\n\nnone")
    assert (found.record["summary"], found.record["severity"]) == ("All is down.\n\n### Steps\n\nnone", "unclassified")
    assert "no section of the form stands in it" in notes("All is down.")[0]
    assert "summary" not in draft("").record
    assert "summary" not in draft(body=None).record


def test_a_start_after_the_report() -> None:
    assert changed(started="2025-01-10 09:30 Z").oddities == {Oddity.START_AFTER_CREATION}


def test_services_that_people_typed() -> None:
    found = changed(services="- Public API\n- auth, auth,,")
    assert [service.name for service in found.services] == ["Public API", "auth"]


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        value = [*value.values()]
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.lists(st.sampled_from(PASTED)).map("\n".join))
def test_no_text_that_somebody_pastes_changes_a_short_answer(text: str) -> None:
    found = draft(body(ANSWERS | {"What happened": text})).record
    short = ("severity", "type", "detection", "classification", "milestones")
    assert {key: found.get(key) for key in short} == {key: draft().record.get(key) for key in short}
    assert "exercise" not in found


def test_every_word_of_the_text_is_in_the_record_or_kept() -> None:
    odd = ANSWERS | {label: f"word{place} word{place}b\nmore{place}" for place, label in enumerate(LABELS)}
    found = draft("first\n" + body(odd))
    kept = [*map(str, leaves(found.record)), *(service.name for service in found.services)]
    words = {word for text in kept for word in text.split()}
    for place in range(len(LABELS)):
        assert {f"word{place}", f"word{place}b", f"more{place}"} <= words


def test_event_list_and_the_output_of_gh() -> None:
    printed = {
        "number": 12,
        "title": "Checkout fails",
        "body": body(ANSWERS),
        "url": "https://github.example/harbourline/incidents/issues/12",
        "createdAt": "2025-01-10T08:40:00Z",
        "updatedAt": "2025-01-10T08:45:00Z",
        "labels": [{"name": "reported"}, {"name": "incident"}],
        "state": "open",
    }
    alike = [github_issue.parse(data).drafts for data in (issue(), event(), [issue()], printed)]
    assert all(drafts == alike[0] for drafts in alike)
    assert github_issue.parse(event()).page == "harbourline/incidents"
    assert github_issue.parse([]).drafts == ()


@pytest.mark.parametrize("data", ["x", 3, None, {}, {"number": 1}, [1, 2], {"issue": None}, {"issue": {"id": 1}}])
def test_something_else_is_refused(data: Any) -> None:
    with pytest.raises(ImportFileError, match="expected an issue with `number` and `title`"):
        github_issue.parse(data)


def test_what_makes_no_incident_has_a_reason() -> None:
    without = {"title": "No number", "number": None}
    found = github_issue.parse(
        [
            issue(),
            issue(pull_request={"url": "x"}, number=13),
            issue(created_at="soon", number=14),
            5,
            issue() | without,
        ]
    )
    assert [(item.label, item.reason) for item in found.rejected] == [
        ("13", Reason.PULL_REQUEST),
        ("14", Reason.NO_START_TIME),
        ("#4", Reason.NOT_AN_OBJECT),
        ("#5", Reason.NO_ID),
    ]


@pytest.mark.parametrize(
    "text", ["### " + " " * 65_000 + "x", "### " + "# " * 32_000, "- [x] " * 10_000, "a: " * 20_000, "`" * 65_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    begin = time.process_time()
    for label in ("Kind", "Links", "Started", "What happened"):
        draft(body(ANSWERS | {label: text}))
    draft(text)
    assert time.process_time() - begin < 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
KEYS = ("number", "title", "body", "html_url", "url", "state", "labels", "created_at", "updated_at", "pull_request")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)))
def test_whatever_stands_in_an_issue_it_is_a_draft_or_has_a_reason(odd: dict[str, Any]) -> None:
    found = github_issue.parse([issue(), issue() | odd])
    assert len(found.drafts) + len(found.rejected) == 2


@given(JSON)
def test_whatever_a_file_holds_it_is_read_or_refused(data: Any) -> None:
    for value in (data, {"issue": data}, {"issue": issue(), "repository": data}):
        with contextlib.suppress(ImportFileError):
            github_issue.parse(value)
