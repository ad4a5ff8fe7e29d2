"""Evidence for maturity: what each check finds, and that taking evidence away takes the level away."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import maturity, repository
from incidentbook.maturity import evidence
from incidentbook.records.build import build
from incidentbook.records.policy.maturity import Computed
from kb import ROOT, Plain, at, change, incident, repo

NOW = at("2025-02-01")


def found(
    check: str, *incidents: Plain, computed: Plain | None = None, **more: Any
) -> tuple[bool, str, tuple[str, ...]]:
    """Return what a check says of a small knowledge base."""
    asked = build(Computed, {"check": check, "over": "60d", **({"at_least": 50} if computed is None else computed)})
    assert asked is not None
    answer = evidence.Looked(repo(*incidents, **more), NOW).at(asked)
    return answer.met, answer.said, answer.cites


def test_every_check_is_in_the_schema_and_the_other_way_round() -> None:
    schema = json.loads((ROOT / "schemas" / "maturity.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["maturityEvidence"]["properties"]["check"]["enum"] == list(evidence.registry())


def test_every_check_explains_itself() -> None:
    assert [name for name, module in evidence.registry().items() if not (module.__doc__ or "").strip()] == []


COMMANDED: Plain = {"roles": [{"role": "incident-commander", "holder": "sre", "from": "2025-01-10T00:00:00Z"}]}
MONITORED: Plain = {"detection": {"by": "monitoring"}}
WHOLE: Plain = {
    "milestones": {
        "started": "2025-01-10T00:00:00Z", "detected": "2025-01-10T00:01:00Z", "acknowledged": "2025-01-10T00:02:00Z",
        "resolved": "2025-01-10T01:00:00Z",
    }
}  # fmt: skip
SHARES: list[tuple[str, Plain, Plain]] = [
    ("commander-named", COMMANDED, {}),
    ("milestones-complete", WHOLE, {}),
    ("detected-by-monitoring", MONITORED, {"detection": {"by": "customer"}}),
    ("changes-linked", {"changes": [{"id": "c1", "text": "Release"}]}, {}),
]


@pytest.mark.parametrize(("check", "good", "bad"), SHARES, ids=[check for check, _, _ in SHARES])
def test_a_share_of_incidents(check: str, good: Plain, bad: Plain) -> None:
    met, said, cites = found(check, incident(1, **good), incident(2, **good), incident(3, **bad))
    assert (met, cites) == (True, ("INC-2025-003",))
    assert ": 67 % (n = 3); asks for 50 % or more" in said
    assert found(check, incident(1, **good), incident(2, **bad), incident(3, **bad))[0] is False


@pytest.mark.parametrize("check", [check for check, _, _ in SHARES])
def test_drills_and_old_incidents_are_no_evidence(check: str) -> None:
    met, said, _ = found(check, incident(1, exercise=True), incident(2, "2024-01-01T00:00:00Z"))
    assert met is False
    assert said.startswith("nothing to look at: no ")


def test_timelines_say_where_they_come_from() -> None:
    timeline = [{"id": "a", "text": "x", "source": "alertmanager"}, {"id": "b", "text": "y"}]
    met, said, cites = found("timeline-sourced", incident(1, timeline=timeline))
    assert (met, cites) == (True, ("INC-2025-001",))
    assert "50 % (n = 2)" in said


def test_counts() -> None:
    drill, miss = incident(1, exercise=True), incident(2, near_miss=True)
    assert found("drills-held", drill, miss, computed={"at_least": 1}) == (
        True, "drills in 60 days: 1; asks for 1 or more", ("INC-2025-001",),
    )  # fmt: skip
    assert found("near-misses", drill, miss, computed={})[0] is True, "without a number it asks for one"
    assert found("near-misses", drill, computed={})[0] is False
    assert found("drills-held", drill, computed={"at_most": 0})[1].endswith("asks for 0 at most")


def test_several_teams_command() -> None:
    other = {"roles": [{"role": "incident-commander", "holder": "platform", "from": "2025-01-10T00:00:00Z"}]}
    met, said, cites = found(
        "commander-rotation", incident(1, **COMMANDED), incident(2, **other), computed={"at_least": 2}
    )
    assert (met, cites) == (True, ("platform", "sre"))
    assert said.startswith("teams that commanded incidents in 60 days: 2")


def test_playbooks() -> None:
    books = [
        {"id": "a", "type": "availability", "last_reviewed": "2025-01-01", "review_every": "90d"},
        {"id": "b", "type": "security", "last_reviewed": "2024-01-01", "review_every": "90d"},
        {"id": "c", "type": "security"},
    ]
    assert found("playbooks-current", playbooks=books)[1].startswith("playbooks with a review that is not over: 33 %")
    twice = [incident(1, type="performance"), incident(2, type="performance"), incident(3), incident(4)]
    met, _, cites = found("playbook-types", *twice, playbooks=books)
    assert (met, cites) == (True, ("performance",))


def test_objectives_of_the_first_tier() -> None:
    services = {"api": {"tier": 1, "slo": {"availability": 99.9}}, "web": {"tier": 1}, "lab": {"tier": 3}}
    met, said, cites = found("objectives-set", services={"services": services})
    assert (met, cites) == (True, ("web",))
    assert "50 % (n = 2)" in said


def test_the_severity_that_the_matrix_gives() -> None:
    matrix = {"severities": {"sev1": {"any": [{"measure": "customers_affected_pct", "at_least": 50}]}}}
    hit = {"classification": {"customers_affected_pct": 100}}
    overridden = {
        "classification": {"customers_affected_pct": 100, "override": {"severity": "sev2", "reason": "A test system"}}
    }
    met, said, cites = found(
        "severity-by-matrix",
        incident(1, severity="sev1", **hit),
        incident(2, **hit),
        incident(3, **overridden),
        severities=matrix,
    )
    assert (met, cites) == (True, ("INC-2025-002",))
    assert "67 % (n = 3)" in said


def test_blameless_language() -> None:
    bad = {"incidents": ["INC-2025-001"], "body": "The engineer should have checked the replica."}
    base = repo(
        incident(1), incident(2), postmortems=[bad, {"incidents": ["INC-2025-002"], "body": "The script stopped."}]
    )
    asked = Computed(check="blameless-language", at_least=100, over="60d")
    answer = evidence.Looked(base, NOW).at(asked)
    assert (answer.met, len(answer.cites)) == (False, 1)
    assert ": 50 % (n = 2)" in answer.said


def test_a_figure_of_inc_metrics() -> None:
    met, said, _ = found("figure", incident(1), computed={"figure": "incidents", "at_least": 1})
    assert (met, said) == (True, "Incident count: 1; asks for 1 or more")
    assert found("figure", computed={"figure": "no-such", "at_least": 1})[1].startswith(
        "nothing to look at: no figure 'no-such'"
    )
    assert found("figure", computed={"figure": "mttr"})[0] is False


def test_policies() -> None:
    assert found("policy-present", computed={"policy": "severities"}) == (
        False,
        "policy/severities.yml is missing, or says nothing",
        (),
    )
    assert found("policy-present", computed={"policy": "factors"}, factors={"factors": {"dns": {}}})[0] is True


def test_a_rota_that_answers_at_any_hour() -> None:
    assert found("rotation-covers")[0] is False
    rota = {
        "rotations": [
            {"id": "r", "role": "responder", "teams": ["sre"], "type": "weekly", "start": "2025-01-06T08:00:00Z"}
        ]
    }
    assert found("rotation-covers", rotation=rota)[1].startswith("hours of the coming week with a team on call: 100 %")


def test_a_check_that_there_is_not() -> None:
    assert found("astrology") == (False, "there is no check 'astrology'", ())


# -- the example: level 3, and less without its evidence --------------------------------------------------------------------


def level(root: Path) -> tuple[int, dict[str, int]]:
    base = repository.load(root)
    assessed = maturity.assess(base, base.now())
    assert assessed is not None
    return assessed.level, {item.name: item.level for item in assessed.dimensions}


def without(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


def without_attestation(root: Path) -> None:
    path = root / "policy/maturity.yml"
    before, criterion, after = path.read_text(encoding="utf-8").partition("      - id: people-roles-trained\n")
    path.write_text(before + criterion + re.sub(r" +attested: .*\n", "", after, count=1), encoding="utf-8")


def without_reviews(root: Path) -> None:
    for path in (root / "playbooks").rglob("*.md"):
        path.write_text(
            re.sub(r"last_reviewed: .*", "last_reviewed: 2020-01-01", path.read_text(encoding="utf-8")),
            encoding="utf-8",
        )


def with_blame(root: Path) -> None:
    path = root / "postmortems/2024/INC-2024-016.md"
    path.write_text(
        path.read_text(encoding="utf-8") + "\nThe engineer should have checked the replica.\n", encoding="utf-8"
    )


def without_milestones(root: Path) -> None:
    for path in (root / "incidents/2024").glob("*.yml"):
        path.write_text(
            re.sub(r"^  acknowledged: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
        )


TAKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "an attestation": (without_attestation, "people"),
    "the rota": (without("policy/rotation.yml"), "people"),
    "the ladder of escalation": (without("policy/escalation.yml"), "process"),
    "the definitions of metrics": (without("policy/metrics.yml"), "metrics"),
    "a post-mortem of the year": (without("postmortems/2024/INC-2024-016.md"), "culture"),
    "reviews of playbooks": (without_reviews, "technology"),
    "blameless language": (with_blame, "culture"),
    "times in records": (without_milestones, "process"),
}


def test_the_example_is_defined_and_aims_at_managed(example: Path) -> None:
    assert level(example)[0] == 3
    assert repository.load(example).policies["maturity"].record.target == 4


@pytest.mark.parametrize("what", TAKEN)
def test_taking_evidence_away_takes_the_level_away(example: Path, what: str) -> None:
    take, dimension = TAKEN[what]
    before = level(example)
    take(example)
    after = level(example)
    assert after[1][dimension] < before[1][dimension]
    assert after[0] < before[0]


def test_evidence_of_an_attestation_has_to_be_there(example: Path) -> None:
    change(
        example, "policy/maturity.yml", "        evidence: policy/communications.yml", "        evidence: docs/gone.md"
    )
    base = repository.load(example)
    assessed = maturity.assess(base, base.now())
    assert assessed is not None
    said = [v.said for d in assessed.dimensions for v in d.verdicts if v.criterion.id == "technology-status-page"]
    assert said == ["attested 2024-10-07 by DevOps, but docs/gone.md is not there"]


def test_an_attestation_grows_old() -> None:
    criterion = {"id": "a", "level": 2, "text": "x", "attested": "2024-01-01", "by": "sre", "valid_for": "365d"}
    base = repo(maturity={"dimensions": {"people": {"criteria": [criterion]}}})
    for day, want in ((dt.date(2024, 12, 30), 2), (dt.date(2025, 1, 2), 1)):
        assessed = maturity.assess(base, dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC))
        assert assessed is not None
        assert assessed.level == want
