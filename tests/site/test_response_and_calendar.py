"""The organisation's own guide, what of it is for readers outside, and the calendar."""

from __future__ import annotations

import re

import kb
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare
from incidentbook.site.page import Page

NOW = kb.at("2025-01-15 06:00")
CANARY = "canary-ladder-91aa"
POLICY: kb.Plain = {
    "severities": {
        "severities": {
            "sev1": {
                "name": "Critical", "description": "All stands still",
                "any": [{"measure": "customers_affected_pct", "at_least": 50}, {"measure": "data_loss", "is": "permanent"}],
                "supporting": [{"measure": "duration", "more_than": "5m"}], "targets": {"acknowledge": "5m"},
                "postmortem": "required", "postmortem_within": "48h",
            }
        }
    },
    "escalation": {"escalation": {"sev1": [{"after": "0m", "notify": CANARY, "by": "pager"}, {"after": "10m", "notify": "sre"}]}},
    "communications": {
        "channels": {
            "status": {"name": "Status page", "audience": ["public"], "url": "https://status.example/"},
            "war-room": {"name": "Chat for responders", "audience": ["responders"], "url": "https://chat.example/"},
            "mail": {"name": "Mail", "audience": ["customers", "executives"], "url": "https://mail.example/"},
        },
        "cadence": {
            "sev1": {"every": "30m", "audiences": ["public", "executives"]},
            "sev4": {"every": "1d", "audiences": ["support"]},
        },
    },
    "obligations": {
        "obligations": [
            {"id": "g", "regime": "GDPR", "article": "Art. 33", "title": "Tell", "starts_at": "aware", "status": "in-force",
             "effective_from": "2018-05-25", "due": [{"id": "n", "name": "Notification", "within": "72h", "to": "authority"}]},
            {"id": "p", "regime": "PROPOSED", "starts_at": "aware", "status": "proposed", "due": []},
        ]
    },
    "knowledge_base": {"name": "K", "default_disclosure": "internal", "teams": {"sre": {"name": "SRE"}}},
}  # fmt: skip


def pages(audience: str, *incidents: kb.Plain, **more: object) -> dict[str, Page]:
    """Return the pages by path."""
    repo = kb.repo(*incidents, **{**POLICY, **more})  # type: ignore[arg-type]
    return {page.path: page for page in pages_of(prepare(repo, NOW, Disclosure(audience)))}


def test_severities_are_said_as_people_say_them() -> None:
    content = pages("public")["response.md"].content
    assert "- 50 % customers affected or more" in content
    assert "- permanent loss of data" in content
    assert "Beside it, never deciding: duration above 5 minutes" in content
    assert "| Somebody has taken it on | 5 minutes |" in content
    assert "A post-mortem is required, within 2 days of the resolution." in content


def test_ladders_channels_and_duties_are_for_readers_inside() -> None:
    inside, outside = (pages(audience)["response.md"].content for audience in ("internal", "public"))
    for said in (CANARY.replace("-", " "), "Chat for responders", "executives", "GDPR", "chat.example", "mail.example"):
        assert said in inside
        assert said not in outside
    assert "[SRE](teams/sre.md)" in inside
    assert "PROPOSED" not in inside
    assert "status.example" in outside
    assert "| 30 minutes | public |" in outside
    assert "customers" in outside
    assert "not part of this view" in outside
    assert "SEV-4" not in outside


def test_a_wide_house_shows_everybody_everything() -> None:
    house = {"knowledge_base": {"name": "K", "default_disclosure": "public"}}
    assert "GDPR" in pages("public", **house)["response.md"].content


def test_reporting_clocks_are_a_question_for_readers_inside_and_end_with_their_time() -> None:
    def burning(started: str) -> kb.Plain:
        return kb.incident(
            1, started, disclosure="public", type="security", status="investigating", milestones={"started": started}
        )

    recent = burning("2025-01-14T00:00:00Z")
    assert "GDPR: Notification" in pages("internal", recent)["index.md"].content
    assert "if it applies, and the detection made you aware" in pages("internal", recent)["index.md"].content
    assert "GDPR" not in pages("public", recent)["index.md"].content
    assert "GDPR" not in pages("internal", burning("2025-01-10T00:00:00Z"))["index.md"].content


def test_the_clock_of_an_owed_postmortem_is_on_the_home_page_until_it_is_held() -> None:
    resolved = kb.incident(1, "2025-01-14T00:00:00Z", severity="sev1", disclosure="public")
    home = pages("public", resolved)["index.md"].content
    assert "19 h left" in home  # resolved at 01:00, due 48 h later
    assert "nobody has begun it" in home
    held = [{"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-14", "disclosure": "public"}]
    assert "Post-mortem of" not in pages("public", resolved, postmortems=held)["index.md"].content


def test_the_calendar_has_each_day_once_and_what_falls_due_on_it() -> None:
    items = [
        {"id": "AI-2025-001-1", "title": "Next", "owner": "sre", "due": "2025-01-20", "status": "in-progress"},
        {"id": "AI-2025-001-2", "title": "Late", "owner": "sre", "due": "2025-01-02", "status": "in-progress"},
        {"id": "AI-2025-001-3", "title": "Weekly", "owner": "sre", "due": "2025-01-17", "status": "scheduled",
         "recurrence": "FREQ=WEEKLY"},
        {"id": "AI-2025-001-4", "title": "Far", "owner": "sre", "due": "2025-06-30", "status": "in-progress"},
        {"id": "AI-2025-001-5", "title": "Old", "owner": "sre", "due": "2024-12-30", "status": "in-progress"},
        {"id": "AI-2025-001-6", "title": "Finished", "owner": "sre", "due": "2025-01-21", "status": "done"},
    ]  # fmt: skip
    found = pages(
        "internal",
        kb.incident(1),
        postmortems=[{"incidents": ["INC-2025-001"], "status": "published", "action_items": items}],
    )
    content = found["calendar.md"].content
    assert len(re.findall(r'<time datetime="2025-01-\d\d">', content)) == 31
    cell = content.partition('datetime="2025-01-20"')[2].partition("</td>")[0]
    assert '<a href="../actions/#ai-2025-001-1">Next (SRE)</a>' in cell
    assert "ib-owed--late" in content.partition('datetime="2025-01-02"')[2].partition("</td>")[0]
    assert "Finished" not in content
    assert "From before this month\n\n- 2024-12-30" in content
    assert "## Later\n\n- 2025-06-30" in content
    assert content.count("Weekly") == 3  # the next turns only
    assert found["calendar.md"].parent == "actions.md"


def test_a_calendar_of_nothing_says_so() -> None:
    content = pages("internal")["calendar.md"].content
    assert "Nothing falls due from today on" in content
    assert content.count("<caption>") == 3
