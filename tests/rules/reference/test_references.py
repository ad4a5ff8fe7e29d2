"""IB401 to IB408: whatever a file names exists, and a slip of the pen is met with the name that was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
PLAYBOOK = "playbooks/availability/database-failover.md"
SERVICES = "policy/services.yml"


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "message"),
    [
        (RECORD, "services: [public-api]", "services: [pubic-api]", "7:12 IB401",
         "There is no service `pubic-api` in policy/services.yml; did you mean `public-api`?"),
        (RECORD, "level: outage,", "level: outage, services: [billing],", "17:42 IB401",
         "There is no service `billing` in policy/services.yml"),
        (PLAYBOOK, "services: [primary-db]", "services: [primary]", "5:12 IB401",
         "There is no service `primary` in policy/services.yml; did you mean `primary-db`?"),
        (SERVICES, "depends_on: [primary-db]", "depends_on: [primary_db, primary-db]", "3:63 IB105",
         "Item 1 of `depends_on` does not have the right form: `primary_db`"),
        (RECORD, "holder: database", "holder: databases", "14:48 IB402",
         "There is no team `databases` in policy/knowledge-base.yml; did you mean `database`?"),
        (POSTMORTEM, "owner: database", "owner: sre", "11:12 IB402", "There is no team `sre` in policy/knowledge-base.yml"),
        (PLAYBOOK, "owner: database", "owner: databse", "6:8 IB402",
         "There is no team `databse` in policy/knowledge-base.yml; did you mean `database`?"),
        (POSTMORTEM, "factor: automation-defect", "factor: automation-defekt", "6:28 IB403",
         "There is no factor `automation-defekt` in policy/factors.yml; did you mean `automation-defect`?"),
        (RECORD, "playbooks: [availability/database-failover]", "playbooks: [availability/failover]", "26:13 IB404",
         "There is no playbook `availability/failover`; did you mean `availability/database-failover`?"),
        (POSTMORTEM, "incidents: [INC-2025-001]", "incidents: [INC-2025-001, INC-2024-101]", "2:27 IB405",
         "There is no incident `INC-2024-101`; did you mean `INC-2025-001`?"),
        (RECORD, "playbooks:", "links: {related: [INC-2023-999]}\nplaybooks:", "26:19 IB405",
         "There is no incident `INC-2023-999`"),
        (RECORD, "action: AI-2025-001-1", "action: AI-2025-001-9", "25:56 IB406",
         "There is no action item `AI-2025-001-9` in any post-mortem; did you mean `AI-2025-001-1`?"),
        (RECORD, "playbooks:",
         "communications:\n  - {id: c1, at: 2025-01-15T03:00:00Z, audience: public, channel: statuspage, text: x}\nplaybooks:",
         "27:67 IB407", "There is no channel `statuspage` in policy/communications.yml; did you mean `status-page`?"),
        (POSTMORTEM, "evidence: [e1]", "evidence: [e2]", "6:117 IB408",
         "There is no piece of evidence `e2` in the records that it covers"),
        (POSTMORTEM, "action_items:", "  edges: [{from: script, to: tests}]\naction_items:", "7:30 IB408",
         "There is no cause `tests` in this post-mortem"),
        (POSTMORTEM, "action_items:", "five_whys: [{why: x, because: y, node: scrip}]\naction_items:", "7:40 IB408",
         "There is no cause `scrip` in this post-mortem; did you mean `script`?"),
        (RECORD, "  evidence:\n",
         "  hypotheses: [{id: h1, text: x, status: open, evidence: [e1, e9]}]\n  evidence:\n", "22:63 IB408",
         "There is no piece of evidence `e9` in this record"),
    ],
)  # fmt: skip
def test_what_is_named_exists(  # noqa: PLR0913, PLR0917 - a row of the table is five of them
    said: Said, base: Base, path: str, old: str, new: str, place: str, message: str
) -> None:
    found = said({path: base(path, old, new)})
    assert f"{path}:{place} {message}" in found
    assert len([line for line in found if not line.startswith(f"{path}:{place}")]) <= (1 if "IB105" in place else 0)


def test_a_service_taken_from_policy_is_about_the_policy_too(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(SERVICES, "  public-api: {name: Public API, team: platform, depends_on: [primary-db]}\n")
    (found,) = check({SERVICES: text})
    assert (found.path, found.span.line, found.code) == (RECORD, 7, "IB401")
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(SERVICES, 2, 1)]


@pytest.mark.parametrize("policy", ["services", "factors", "communications"])
def test_without_a_policy_nothing_is_held_against_it(said: Said, policy: str) -> None:
    assert said({f"policy/{policy}.yml": None}) == []


@pytest.mark.parametrize("path", [RECORD, "incidents/2024/INC-2025-001.yml"])
def test_an_incident_whose_file_cannot_be_read_is_there(said: Said, base: Base, path: str) -> None:
    found = said({RECORD: None, path: base(RECORD, "services: [public-api]", "services: [public-api")})
    assert any("IB001" in line for line in found)
    assert not any("IB405" in line for line in found), "the post-mortem that names it is right"


def test_an_incident_whose_file_holds_another_id_is_there(said: Said, base: Base) -> None:
    found = said({RECORD: base(RECORD, "id: INC-2025-001", "id: INC-2025-007")})
    assert any("IB301" in line for line in found)
    assert not any("IB405" in line for line in found), "the post-mortem that names it is right"


def test_an_incident_in_the_folder_of_another_year_is_there(said: Said, base: Base) -> None:
    found = said({RECORD: None, "incidents/2024/INC-2025-001.yml": base(RECORD)})
    assert [line.split()[1] for line in found] == ["IB302"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("services: [primary-db]", "services: [primary-db", "IB001"),
        ("id: availability/database-failover", "id: availability/failover", "IB301"),
    ],
)
def test_a_playbook_whose_file_is_there_is_not_unknown(said: Said, base: Base, old: str, new: str, code: str) -> None:
    """What the record names is right: the playbook is what has to be mended."""
    assert [line.split()[1] for line in said({PLAYBOOK: base(PLAYBOOK, old, new)})] == [code]


def test_a_playbook_is_known_by_its_id_whatever_its_file_is_called(said: Said, base: Base) -> None:
    moved = {PLAYBOOK: None, "playbooks/performance/database-failover.md": base(PLAYBOOK)}
    assert [line.split()[1] for line in said(moved)] == ["IB301"]


def test_an_action_item_whose_post_mortem_cannot_be_read_is_there(said: Said, base: Base) -> None:
    broken = base(POSTMORTEM, "status: published", "status: [published")
    assert [line.split()[1] for line in said({POSTMORTEM: broken})] == ["IB001"]
