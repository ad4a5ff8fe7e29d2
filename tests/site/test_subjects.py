"""Pages of services, factors and teams, and the one page that leads to them."""

from __future__ import annotations

import kb
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import known, pages_of, prepare
from incidentbook.site.page import Page

NOW = kb.at("2025-02-01")
CANARY = "canary-internal-2b7e"
POLICY: kb.Plain = {
    "services": {
        "services": {
            "api": {"name": "API", "team": "sre", "tier": 1, "depends_on": ["db"], "description": "The front",
                    "slo": {"availability": 99.9, "window": "30d"}, "sla": {"fee": {"amount": 425000, "currency": "USD"}}},
            "db": {"name": "Database", "team": "data"},
        },
        "consequences": [{"at_spent_pct": 75, "then": "Look at it"}],
    },
    "factors": {"factors": {"drift": {"name": "Configuration drift", "category": "change", "description": "Not alike"}}},
    "knowledge_base": {
        "name": "K", "default_disclosure": "internal",
        "teams": {"sre": {"name": "SRE", "contact": f"#{CANARY}"}, "data": {"name": "Data"}},
    },
    "rotation": {
        "rotations": [
            {"id": "r", "role": "incident-commander", "teams": ["sre", "data"], "type": "weekly", "start": "2025-01-06T09:00:00Z"}
        ]
    },
}  # fmt: skip
INCIDENTS = (
    kb.incident(
        1,
        disclosure="public",
        impact={"phases": [kb.phase("2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z", services=["api"])]},
    ),
    kb.incident(2, "2025-01-20T00:00:00Z", disclosure="internal"),
    kb.incident(3, "2025-01-21T00:00:00Z", disclosure="public", exercise=True),
)
POSTMORTEMS = [
    {
        "incidents": [f"INC-2025-00{number}"],
        "status": "published",
        "causes": {"nodes": [{"id": "a", "factor": "drift"}]},
        "action_items": [
            {"id": f"AI-2025-00{number}-1", "title": f"Mend {number}", "owner": "sre", "due": "2025-02-10",
             "status": "in-progress", "factors": ["drift"]},
        ],
    }
    for number in (1, 2)
]  # fmt: skip


def pages(audience: str) -> dict[str, Page]:
    """Return the pages of a small knowledge base by path."""
    repo = kb.repo(*INCIDENTS, postmortems=POSTMORTEMS, **POLICY)
    return {page.path: page for page in pages_of(prepare(repo, NOW, Disclosure(audience)))}


def test_a_service_shows_its_objective_its_budget_and_what_follows() -> None:
    content = pages("internal")["services/api.md"].content
    assert "objective 99.9 %" in content
    assert "## Error budget" in content
    assert "[INC-2025-001](../incidents/INC-2025-001.md): 139 %" in content  # 60 min of 43.2 min
    assert "**At 75 % (reached):** Look at it" in content
    assert "[SRE](../teams/sre.md)" in content
    assert "[Database](db.md)" in content
    assert "[API](api.md)" in pages("internal")["services/db.md"].content  # used by


def test_money_of_an_agreement_is_on_no_page() -> None:
    assert not [path for path, page in pages("restricted").items() if "425" in page.content and "000" in page.content]


def test_counts_are_of_what_the_audience_sees_and_leave_drills_out() -> None:
    tile = '<p class="ib-tile__label" markdown="span">Incidents with it</p>\n<p class="ib-tile__value" markdown="span">{}</p>'
    assert tile.format(1) in pages("public")["factors/drift.md"].content
    assert tile.format(2) in pages("internal")["factors/drift.md"].content
    assert "Mend 2" not in pages("public")["factors/drift.md"].content
    public = pages("public")["services/api.md"].content
    assert "INC-2025-002" not in public
    assert "INC-2025-003" not in public


def test_a_factor_says_what_it_means_and_what_was_promised_against_it() -> None:
    page = pages("internal")["factors/drift.md"]
    assert "Contributing factor, change" in page.content
    assert "Not alike" in page.content
    assert "Mend 1" in page.content
    assert page.parent == "explore.md"


def test_a_team_is_on_call_by_role_for_readers_inside_only() -> None:
    inside, outside = (pages(audience)["teams/sre.md"].content for audience in ("internal", "public"))
    assert "## On call" in inside
    assert "| Incident commander | 2025-02-03 09:00 UTC | 2025-02-10 09:00 UTC |" in inside
    assert CANARY in inside
    assert "## On call" not in outside
    assert CANARY not in outside
    assert "Open promises" in outside


def test_what_a_team_owns_is_not_counted_where_the_audience_may_not_know_it() -> None:
    inside, outside = pages("internal"), pages("public")
    assert "Incidents of its services" in inside["teams/sre.md"].content
    assert "Incidents of its services" not in outside["teams/sre.md"].content
    assert ">Owns</th>" in inside["explore.md"].content
    assert ">Owns</th>" not in outside["explore.md"].content


def test_explore_leads_to_all_of_them_and_they_stay_out_of_the_navigation() -> None:
    found = pages("internal")
    content = found["explore.md"].content
    for path in ("services/api.md", "services/db.md", "factors/drift.md", "teams/sre.md", "teams/data.md"):
        assert f'<a href="../{path.removesuffix(".md")}/">' in content
        assert found[path].parent == "explore.md"


def test_a_service_that_policy_does_not_know_has_a_page_once_it_was_hit_again() -> None:
    once = kb.repo(
        kb.incident(1, services=["a"]), kb.incident(2, services=["b", "b"]), kb.incident(3, services=["a", "c"])
    )
    assert known.services(once) == ["a"]
    content = next(
        page.content for page in pages_of(prepare(once, NOW, Disclosure.INTERNAL)) if page.path == "services/a.md"
    )
    assert "Incidents on record" in content


def test_two_names_that_differ_in_signs_only_have_two_pages() -> None:
    repo = kb.repo(*(kb.incident(number, services=["a b", "a/b", "../../x"]) for number in (1, 2)))
    paths = {
        page.path for page in pages_of(prepare(repo, NOW, Disclosure.INTERNAL)) if page.path.startswith("services/")
    }
    assert paths == {"services/a-b.md", "services/a-b-2.md", "services/x.md"}
