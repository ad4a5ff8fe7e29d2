"""`--audience`: of what a reader may not see, nothing comes out of any command of the metrics family, in any of its forms."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from commands import every_command
from commits import Repo
from kb import ROOT, Inc, Plain, incident

NOW = "2025-03-01T00:00:00Z"
SECRET = re.compile(
    "zq|INC-2025-00[369]|AI-2025-00[369]|AI-2025-001-2"
)  # texts that hide carry "zq", and so do holders
POLICY = {
    name: (ROOT / "policy" / f"{name}.yml").read_text(encoding="utf-8")
    for name in ("metrics", "severities", "services", "maturity", "actions")
}
SHOWN, HIDDEN = "INC-2025-001", "INC-2025-003"
COMMANDS: list[tuple[str, ...]] = [
    ("metrics",),
    ("metrics", "--by", "service"),
    ("metrics", "compare", "--period", "2025-01"),
    ("metrics", "compare", "--period", "2025-01", "--by", "factor"),
    ("metrics", "restate", "--since", "2025-01-25", "--period", "2025-01"),
    *(("metrics", "chart", kind) for kind in ("incidents", "durations", "rate", "distribution", "action-items")),
    ("history", SHOWN),
    ("history", SHOWN, "--all"),
    ("history", SHOWN, "--rev", "2025-01-25"),
    ("history", "AI-2025-001-1"),
    ("actions", "burndown"),
    ("actions", "digest"),
    ("actions", "calendar"),
    ("overdue",),
    ("maturity", "--all"),
    ("recommend", "--period", "2025-01", "--all"),
    ("postmortem", "due"),
    ("postmortem", "causes", SHOWN),
    ("similar", SHOWN, "--later", "--count", "9"),
    ("policy", "diff", "HEAD~1"),
    ("pr-summary", "HEAD~1"),
    ("pr-summary", "HEAD~2"),
    ("pr-summary", "HEAD~3"),
]
FORMS: dict[str, Sequence[tuple[str, ...]]] = {
    "metrics": [("--format", form) for form in ("table", "json", "csv", "markdown", "openmetrics")],
    "policy": [(), ("--json",), ("--markdown",)],
    "overdue": [(), ("--json",), ("--markdown",)],
    "pr-summary": [(), ("--json",), ("--markdown",)],
    "digest": [(), ("--format", "email")],
    "calendar": [()],
}


def of(number: int, level: str, word: str, **more: object) -> Plain:
    made = incident(
        number, f"2025-01-{number + 9:02}T09:00:00Z", title=f"Case {word}", disclosure=level, services=[f"s-{word}"]
    )
    roles = [
        {
            "id": "r1",
            "role": "incident-commander",
            "holder": f"team-{word}",
            "from": f"2025-01-{number + 9:02}T09:05:00Z",
        }
    ]
    return made | {"roles": roles, "resolution": f"Mended {word}"} | more


def review(number: int, word: str, *more: Plain) -> Plain:
    item = {"id": f"AI-2025-{number:03}-1", "title": f"Do {word}", "owner": f"team-{word}", "due": "2025-02-01"}
    nodes = [{"id": "n", "factor": f"factor-{word}", "text": f"Cause {word}", "primary": True}]
    items = [item | {"status": "in-progress", "priority": "high"}, *more]
    return {
        "incidents": [f"INC-2025-{number:03}"],
        "status": "published",
        "causes": {"nodes": nodes},
        "action_items": items,
    }


def entry(name: str, text: str, **more: object) -> Plain:
    return {"id": name, "at": "2025-01-10T09:10:00Z", "kind": "finding", "text": text} | more


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Incidents that are hidden always (3), by now (6) or are gone and were (9), and a public one with parts that are."""
    repo = Repo.new(tmp_path_factory.mktemp("audience") / "repo")
    policy = {f"policy/{name}.yml": text for name, text in POLICY.items()}
    evidence = "evidence: postmortems/2025/INC-2025-003.md"
    policy["policy/maturity.yml"] = re.sub("evidence: .*", evidence, policy["policy/maturity.yml"])
    policy["policy/knowledge-base.yml"] = "name: Told\ndefault_disclosure: public\n"
    paths = {number: f"incidents/2025/INC-2025-{number:03}.yml" for number in (1, 3, 6, 9)}
    reviews = {number: f"postmortems/2025/INC-2025-{number:03}.md" for number in (1, 3, 6, 9)}
    first = of(
        1, "public", "open", timeline=[entry("t1", "Seen by all"), entry("t2", "zq private", disclosure="restricted")]
    )
    first |= {"resolution": "zq until it was narrowed", "impact": {"business": {"notes": ["zq business"]}}}
    first |= {
        "remediation": {"immediate": [{"text": "zq step", "status": "done"}, {"text": "Restart", "status": "done"}]}
    }
    hidden = {paths[3]: of(3, "restricted", "zq3"), reviews[3]: review(3, "zq3")}
    narrowed = {paths[6]: of(6, "public", "zq6"), reviews[6]: review(6, "zq6")}
    gone = {paths[9]: of(9, "restricted", "zq9"), reviews[9]: review(9, "zq9")}
    private = {"id": "AI-2025-001-2", "title": "zq item", "status": "proposed", "disclosure": "restricted"}
    started = {
        **policy,
        paths[1]: first | {"status": "declared", "title": "zq before anybody might see it", "disclosure": "restricted"},
    }
    repo.commit("2025-01-10T09:06:00Z", started, "zq declare")
    repo.commit(
        "2025-01-20T09:00:00Z",
        {**policy, paths[1]: first, reviews[1]: review(1, "open", private), **hidden, **narrowed, **gone},
        "zq all",
    )
    timeline = [entry("t1", "Seen by all"), entry("t2", "zq private", disclosure="restricted"), entry("t3", "Later")]
    first |= {"timeline": timeline, "field_disclosure": {"resolution": "restricted", "impact.business": "restricted"}}
    first["milestones"] = {**first["milestones"], "resolved": "2025-01-10T12:00:00Z"}
    first["remediation"] = {
        "immediate": [
            {"text": "zq step", "status": "done", "disclosure": "restricted"},
            {"text": "Restart", "status": "done"},
        ]
    }
    narrowed[paths[6]] = of(
        6, "restricted", "zq6", milestones={"started": "2025-01-15T09:00:00Z", "resolved": "2025-01-15T12:00:00Z"}
    )
    nothing = dict.fromkeys((*gone,), None)
    repo.commit("2025-02-10T09:00:00Z", {**policy, paths[1]: first, **narrowed, **nothing}, "zq narrow")
    policy["policy/severities.yml"] = policy["policy/severities.yml"].replace(
        "postmortem_within: 48h", "postmortem_within: 1h"
    )
    done = review(1, "open", private)
    done["action_items"][0]["status"] = "done"
    repo.commit("2025-02-20T09:00:00Z", {**policy, reviews[1]: done}, "zq policy")
    return repo.base


def written(inc: Inc, base: Path, call: tuple[str, ...], audience: str, folder: Path) -> str:
    """Return all that a command says to an audience, in every form that it has."""
    forms = (
        list(FORMS.get(call[-1], FORMS.get(call[0], [(), ("--json",)])))
        if call[:2] not in _WITH_JSON
        else [(), ("--json",)]
    )
    endings = {"chart": ("svg", "json", "txt"), "causes": ("svg", "txt", "json", "dot", "mmd")}
    for form in (form for name in call for form in endings.get(name, ())):
        forms.append(("--output", str(folder / f"{audience}.{form}")))
    now = () if {"history", "restate", "similar", "causes"} & set(call) else ("--as-of", NOW)
    found = ""
    for form in forms:
        said = inc(*call, *now, "--audience", audience, *form, root=base)
        assert said.status in (0, 2 if "chart" in call else 0), said.err
        found += said.out + re.sub("wrote .*", "", said.err)
        if form[:1] == ("--output",) and not said.status:
            found += Path(form[1]).read_text(encoding="utf-8")
    return found


_WITH_JSON = {("metrics", name) for name in ("compare", "restate", "chart")}


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("call", COMMANDS, ids=" ".join)
def test_nothing_private_comes_out(inc: Inc, base: Path, tmp_path: Path, call: tuple[str, ...], audience: str) -> None:
    said = written(inc, base, call, audience, tmp_path)
    assert said
    assert [line for line in said.splitlines() if SECRET.search(line)] == []


@pytest.mark.parametrize(
    "call", [("history", SHOWN), ("metrics", "restate", "--since", "2025-01-25", "--period", "2025-01")]
)
def test_who_may_read_everything_reads_it(inc: Inc, base: Path, tmp_path: Path, call: tuple[str, ...]) -> None:
    assert "zq" in written(inc, base, call, "restricted", tmp_path)


def test_what_is_public_is_told(inc: Inc, base: Path) -> None:
    said = json.loads(inc("history", SHOWN, "--audience", "public", "--json", root=base).out)
    assert [commit["at"][:10] for commit in said["commits"]] == ["2025-01-20", "2025-02-10", "2025-02-20"]
    paths = [change["path"] for commit in said["commits"] for file in commit["files"] for change in file["changes"]]
    assert "milestones.resolved" in paths
    assert "timeline[t3]" in paths
    assert {fact["path"]: fact["first_known"] for fact in said["facts"]}["title"] == "2025-01-20T09:00:00Z"


@pytest.mark.parametrize(
    "name", [HIDDEN, "INC-2025-006", "INC-2025-009", "AI-2025-001-2", "AI-2025-003-1", "AI-2025-006-1"]
)
def test_what_is_hidden_is_as_if_it_had_never_been(inc: Inc, base: Path, name: str) -> None:
    unknown = "INC-2025-008"
    said, other = (inc("history", asked, "--audience", "internal", root=base) for asked in (name, unknown))
    assert (said.status, said.out) == (other.status, other.out) == (2, "")
    assert said.err.replace(name, unknown) == other.err


def test_a_burn_down_counts_what_is_shown(inc: Inc, base: Path) -> None:
    def items(audience: str) -> tuple[int, int]:
        said = json.loads(inc("actions", "burndown", "--as-of", NOW, "--audience", audience, "--json", root=base).out)
        return said["items"], said["levels"][-1]["open"]

    assert [items(audience) for audience in ("public", "restricted")] == [(1, 0), (5, 2)]


def test_every_command_that_has_an_audience_is_among_them() -> None:
    told = {call for call in COMMANDS if not ("--all" in call and call[0] == "history")}
    others = {("report",)}  # which has tests of its own
    for path, command in every_command():
        if (
            any(option.name == "audience" and option.default == "restricted" for option in command.params)
            and path not in others
        ):
            assert any(call[: len(path)] == path for call in told), path
