"""`--as-of`: a command says of an earlier "now" what it would have said if all that came later had never been written."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from commands import every_command
from commits import Repo
from kb import ROOT, Inc, Plain, incident, write

NOW, FIRST, LAST = "2025-01-15T11:00:00Z", "2025-01-15T10:55:00Z", "2025-02-01T09:00:00Z"
POLICY = {
    f"policy/{name}.yml": (ROOT / "policy" / f"{name}.yml").read_text(encoding="utf-8")
    for name in ("metrics", "severities", "services", "factors", "maturity", "actions")
}
BURNS = "incidents/2025/INC-2025-001.yml"  # at NOW
COMMANDS: dict[tuple[str, ...], list[tuple[str, ...]]] = {
    ("actions", "list"): [("--all",), ("--all", "--json"), ("--ages",)],
    ("actions", "overdue"): [(), ("--json",)],
    ("actions", "digest"): [()],
    ("actions", "calendar"): [()],
    ("actions", "burndown"): [("--period", "2025-01"), ("--period", "2025-01", "--json")],
    ("draft", "post-mortem"): [("INC-2025-001",)],
    ("list",): [(), ("--json",)],
    ("maturity",): [("--all",), ("--json",)],
    ("metrics",): [(), ("--json",), ("--by", "severity"), ("--period", "monthly")],
    ("metrics", "chart"): [("incidents",), ("durations",), ("action-items",)],
    ("metrics", "compare"): [("--period", "2025-01"), ("--period", "2025-01", "--json")],
    ("overdue",): [(), ("--json",), ("--markdown",)],
    ("policy", "diff"): [("2025-01-15",), ("2025-01-15", "--json")],
    ("postmortem", "due"): [(), ("--json",)],
    ("postmortem", "facilitate"): [("INC-2025-001",)],
    ("postmortem", "new"): [("INC-2025-001",)],
    ("postmortem", "refresh"): [("INC-2024-001",)],
    ("pr-summary",): [("2025-01-15",), ("2025-01-15", "--json")],
    ("recommend",): [(), ("--json",)],
    ("report",): [
        *(("INC-2025-001", "--format", form) for form in ("text", "json", "markdown", "html")),
        ("INC-2024-001", "--format", "json"),
        ("INC-2025-001", "--audience", "public", "--format", "json"),
    ],
    ("show",): [("INC-2025-001",), ("INC-2025-001", "--json"), ("INC-2024-001", "--json")],
    ("site", "build"): [("--audience", "restricted")],
}
OTHERWISE = {
    ("check",): "judges the files as they are, at another now",
    (
        "site",
        "pages",
    ): "prepares its pages as build does, and tests/cli/test_site_pages.py holds what it writes to them",
    ("site", "serve"): "hands the same options to the same plugin as build, and does not end",
}


def burning(**more: object) -> Plain:
    """Return an incident that was declared as a SEV-3 an hour before `NOW`."""
    return {
        "id": "INC-2025-001", "title": "Checkout fails", "status": "declared", "severity": "sev3", "type": "availability",
        "disclosure": "public", "services": ["public-api"],
        "milestones": {"started": "2025-01-15T10:00:00Z", "detected": "2025-01-15T10:05:00Z"},
        "transitions": [{"id": "t1", "to": "declared", "at": "2025-01-15T10:06:00Z"}],
        "severity_history": [{"id": "s1", "to": "sev3", "at": "2025-01-15T10:06:00Z"}],
        "roles": [{"id": "r1", "role": "incident-commander", "holder": "sre", "from": "2025-01-15T10:06:00Z"}],
        "impact": {"phases": [{"id": "p1", "level": "outage", "from": "2025-01-15T10:00:00Z", "services": ["public-api"]}]},
        "timeline": [{"id": "e1", "at": "2025-01-15T10:05:00Z", "kind": "alert", "text": "Errors rise"}],
    } | more  # fmt: skip


def over() -> Plain:
    """Return the same incident as it is told when it is over."""
    then = burning()
    resolved, closed = {"to": "resolved", "at": "2025-01-15T13:00:00Z"}, {"to": "closed", "at": "2025-01-17T09:00:00Z"}
    end = {"to": "2025-01-15T13:00:00Z"}
    return burning(
        status="closed", severity="sev1", resolution="zq turned it off and on",
        milestones=then["milestones"] | {"acknowledged": "2025-01-15T12:00:00Z", "mitigated": "2025-01-15T12:30:00Z"},
        transitions=[*then["transitions"], {"id": "t2", **resolved}, {"id": "t3", **closed}],
        severity_history=[
            *then["severity_history"], {"id": "s2", "to": "sev1", "at": "2025-01-15T12:10:00Z", "reason": "zq all"}
        ],
        roles=[then["roles"][0] | end, then["roles"][0] | {"id": "r2", "holder": "zq", "from": "2025-01-15T12:00:00Z"}],
        impact={"phases": [then["impact"]["phases"][0] | end]},
        timeline=[*then["timeline"], {"id": "e2", "at": "2025-01-15T12:05:00Z", "kind": "action", "text": "zq restart"}],
        communications=[
            {"id": "c1", "at": "2025-01-15T12:15:00Z", "audience": "public", "channel": "status-page", "text": "zq sorry"}
        ],
    )  # fmt: skip


def review(number: str, item: Plain, **more: object) -> Plain:
    made: Plain = {
        "id": f"AI-{number}-1", "title": "Watch it", "priority": "high", "kind": "detect", "owner": "sre", "due": "2025-01-10"
    }  # fmt: skip
    return {"incidents": [f"INC-{number}"], "title": "Why", "action_items": [made | item]} | more


def earlier() -> Plain:
    """Return an incident that was over long before."""
    return {
        "id": "INC-2024-001", "title": "Slow pages", "status": "closed", "severity": "sev2", "type": "performance",
        "disclosure": "public", "services": ["public-api"],
        "milestones": {
            "started": "2024-12-20T08:00:00Z", "detected": "2024-12-20T08:02:00Z", "acknowledged": "2024-12-20T08:05:00Z",
            "resolved": "2024-12-20T10:00:00Z", "closed": "2024-12-21T10:00:00Z",
        },
    }  # fmt: skip


HOUSE = {"policy/knowledge-base.yml": {"name": "Test", "time_zone": "UTC", "teams": {"sre": {"name": "SRE"}}}}
AT_FIRST: dict[str, object] = {
    **HOUSE,
    **POLICY,
    BURNS: burning(),
    "incidents/2024/INC-2024-001.yml": earlier(),
    "postmortems/2024/INC-2024-001.md": review(
        "2024-001", {"status": "in-progress"}, status="published", held="2025-01-02", published="2025-01-03"
    ),
}
IN_THE_END: dict[str, object] = {
    **HOUSE,
    BURNS: over(),
    "incidents/2025/INC-2025-002.yml": burning(
        id="INC-2025-002", title="zq nobody saw it", milestones={"started": "2025-01-15T10:50:00Z"},
        transitions=[{"id": "t1", "to": "declared", "at": "2025-01-15T12:30:00Z"}], severity_history=[], timeline=[], roles=[],
    ),
    "postmortems/2024/INC-2024-001.md": review(
        "2024-001", {"status": "done", "completed": "2025-01-20"}, status="published", held="2025-01-02", published="2025-01-03"
    ),
    "postmortems/2025/INC-2025-001.md": review(
        "2025-001", {"status": "in-progress", "title": "zq more watching"}, status="published", title="zq why",
        held="2025-01-17", published="2025-01-17", summary="zq summary",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The knowledge base as it stood at `NOW`, and as it was in the end."""
    found = []
    for changes in ({}, IN_THE_END):
        repo = Repo.new(tmp_path_factory.mktemp("state") / "kb")
        repo.commit(FIRST, AT_FIRST)
        if changes:
            repo.commit(LAST, changes)
        found.append(repo.base)
    return found[0], found[1]


def said(inc: Inc, root: Path, call: tuple[str, ...]) -> dict[str, str]:
    """Return what a command prints and writes, by file. Commits have other names in another past."""
    site = root / "site"
    done = inc(*call, "--as-of", NOW, root=root)
    assert done.status == 0, done
    told = {"": _sorted(done.out) if call[-1].endswith("json") else f"{done.out}\n{done.err}".replace(str(root), "")}
    if site.is_dir():
        told |= {str(page.relative_to(site)): page.read_text(encoding="utf-8") for page in site.glob("**/*.html")}
        shutil.rmtree(site)
    return {name: re.sub(r"\b[0-9a-f]{7,40}\b", "COMMIT", text) for name, text in told.items()}


def _sorted(text: str) -> str:
    return json.dumps(json.loads(text), sort_keys=True, indent=1)


@pytest.mark.parametrize("call", [(*path, *form) for path, forms in COMMANDS.items() for form in forms], ids=" ".join)
def test_what_came_later_is_as_if_it_had_never_been_written(
    inc: Inc, states: tuple[Path, Path], call: tuple[str, ...]
) -> None:
    then, today = (said(inc, root, call) for root in states)
    assert today.keys() == then.keys()
    for name, text in today.items():
        assert text == then[name], name
        assert [line for line in text.splitlines() if re.search("zq|INC-2025-002", line)] == []


def test_every_command_that_has_as_of_is_among_them() -> None:
    assert {
        path for path, command in every_command() if any(option.name == "as_of" for option in command.params)
    } == COMMANDS.keys() | OTHERWISE.keys()


def test_a_post_mortem_in_which_something_is_later_is_drafted_anew(inc: Inc, states: tuple[Path, Path]) -> None:
    call = ("postmortem", "new", "INC-2024-001")
    assert "status: published" in inc(*call, root=states[1]).out
    anew = inc(*call, "--as-of", NOW, root=states[1])
    assert "status: draft" in anew.out
    assert "2025-01-20" not in anew.out
    assert "status: published" in inc(*call, "--as-of", NOW, root=states[0]).out, "there is nothing to take out"


@pytest.mark.parametrize("command", ["show", "report", "postmortem new"])
def test_what_nobody_had_noticed_cannot_be_shown(inc: Inc, states: tuple[Path, Path], command: str) -> None:
    call = (*command.split(), "INC-2025-002")
    assert inc(*call, root=states[1]).status == 0
    refused = inc(*call, "--as-of", NOW, root=states[1])
    assert (refused.status, refused.out) == (2, "")
    assert "There is no incident INC-2025-002 as of 2025-01-15T11:00:00Z" in refused.err


def test_the_changes_of_a_month_that_is_over_are_taken_by_time(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path, {"policy/metrics.yml": {"changes": {"2025-01": 310}}})
    for day, count in (("2025-01-10", 100), ("2025-01-31", 310)):
        said = json.loads(inc("metrics", "--as-of", day, "--period", "2025-01", "--json", root=root).out)
        rates = (one for one in said["measurements"][0]["figures"] if one["key"] == "change-failure-rate")
        assert next(rates)["n"] == count


def test_without_as_of_a_time_to_come_hides_nothing(inc: Inc, tmp_path: Path) -> None:
    """A record with a wrong time has to be found."""
    root = write(
        tmp_path, {"incidents/2099/INC-2099-001.yml": incident(id="INC-2099-001", started="2099-01-10T00:00:00Z")}
    )
    assert "2099-01-10" in inc("show", "INC-2099-001", root=root).out
    assert "INC-2099-001" in inc("list", root=root).out


@pytest.mark.parametrize(
    "call",
    ["metrics", "metrics --format markdown", "metrics compare --period 2025-01", "maturity", "recommend", "actions burndown",
     "policy diff HEAD"],
)  # fmt: skip
def test_a_now_that_is_still_to_come_is_named(inc: Inc, states: tuple[Path, Path], call: str) -> None:
    """To look ahead is what it is for, and whoever reads the figures has to know that nobody has seen that day."""

    def told(*more: str) -> str:
        return " ".join(inc(*call.split(), *more, root=states[1]).out.split())

    assert re.search("as of 2100-01-0[12]T00:00:00Z, which is still to come", told("--as-of", "2100-01-01"))
    assert "still to come" not in told() + told("--as-of", NOW)
