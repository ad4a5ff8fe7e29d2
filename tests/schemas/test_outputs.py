"""The published schemas of what commands print for programs: made of the types that are printed, and kept by every output."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from commands import every_command
from commits import Repo
from github_fake import Fake, serving
from incidentbook import outputs, repository, resources, site
from incidentbook.cli._context import JsonOption
from incidentbook.outputs import __main__ as writer
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site.addresses import Addresses
from kb import ROOT, Inc, incident

NAMES = sorted(outputs.registry())
POLICIES = {
    f"policy/{name}.yml": (ROOT / f"policy/{name}.yml").read_text(encoding="utf-8") for name in ("maturity", "metrics")
}
SEVERITIES = (ROOT / "policy/severities.yml").read_text(encoding="utf-8")
RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
ITEM = {"id": "AI-2025-001-1", "title": "Watch it", "owner": "sre", "due": "2025-01-20", "status": "in-progress"}
WHY = {
    "five_whys": [{"why": "Why did it fail?", "because": "The disk was full", "node": "full"}],
    "causes": {
        "nodes": [{"id": "full", "factor": "capacity-exhaustion"}, {"id": "grew", "text": "Logs grew"}],
        "edges": [{"from": "grew", "to": "full"}, {"from": "full", "to": "grew"}],
    },
}
CALLS: dict[str, list[tuple[str, ...]]] = {
    "actions-change-output": [
        ("actions", "set", "AI-2025-001-1", "--dry-run", "--due", "2025-06-30", "--evidence", "test:failover-suite"),
        ("actions", "set", "AI-2025-001-1", "--dry-run", "--status", "scheduled", "--reason", "It came back"),
    ],
    "actions-list-output": [
        ("actions", "list", "--all", "--group-by", "factor"),
        ("actions", "list", "--all", "--ages"),
        ("actions", "list", "--came-back"),
        ("actions", "list"),
    ],
    "actions-overdue-output": [("actions", "overdue"), ("actions", "overdue", "--as-of", "2026-01-01")],
    "actions-burndown-output": [("actions", "burndown"), ("actions", "burndown", "--period", "2025-01", "--audience", "public")],
    "actions-sync-output": [("actions", "sync", "--repository", "acme/ops", "--dry-run")],
    "history-output": [
        ("history", "AI-2025-001-1"),
        ("history", "INC-2025-001", "--audience", "public"),
        ("history", "INC-2025-001"),
    ],
    "incidents-output": [("list",), ("list", "--open"), ("list", "--as-of", "2025-01-12")],
    "maturity-output": [("maturity",), ("maturity", "--audience", "public")],
    "metrics-chart-output": [("metrics", "chart", name) for name in ("incidents", "durations", "rate", "action-items")],
    "metrics-compare-output": [("metrics", "compare", "--period", "2025-01"), ("metrics", "compare", "--by", "service")],
    "metrics-restate-output": [
        ("metrics", "restate", "--since", "HEAD", "--period", "monthly"),
        ("metrics", "restate", "--since", "2025-01-12", "--period", "2025-01"),
        ("metrics", "restate", "--since", "2025-01-12", "--period", "2025-01", "--audience", "internal"),
    ],
    "overdue-output": [("overdue", "--audience", "public"), ("overdue", "--as-of", "2025-08-01")],
    "pages-output": [("site", "pages", "--to", "pages", "--audience", "internal")],
    "policy-diff-output": [
        ("policy", "diff", "HEAD"),
        ("policy", "diff", "HEAD~1"),
        ("policy", "diff", "HEAD~1", "--audience", "public"),
    ],
    "pr-summary-output": [("pr-summary", "HEAD"), ("pr-summary", "HEAD~1"), ("pr-summary", "HEAD~1", "--audience", "public")],
    "postmortem-due-output": [
        ("postmortem", "due", "--as-of", "2025-01-11", "--audience", "public"),
        ("postmortem", "due"),
    ],
    "postmortem-causes-output": [
        ("postmortem", "causes", "INC-2025-001", "--audience", "public"),
        ("postmortem", "causes", "INC-2025-001"),
    ],
    "postmortem-schedule-output": [
        ("postmortem", "schedule", "INC-2025-001", "--dry-run", "--at", "2025-01-27 10:00"),
        ("postmortem", "schedule", "INC-2025-001", "--dry-run", "--at", "2025-01-27 11:00", "--tell", "executives"),
    ],
    "recommend-output": [("recommend", "--period", "2025-01"), ("recommend", "--period", "2025-01", "--audience", "public")],
    "site-actions-output": [("api/v1/actions.json",)],
    "site-incident-output": [("api/v1/incidents/INC-2025-001.json",)],
    "site-incidents-output": [("api/v1/incidents.json",)],
    "site-index-output": [("api/v1/index.json",)],
    "site-playbooks-output": [("api/v1/playbooks.json",)],
    "site-postmortem-output": [("api/v1/postmortems/INC-2025-001.json",)],
    "site-postmortems-output": [("api/v1/postmortems.json",)],
    "similar-output": [("similar", "INC-2025-001"), ("similar", "INC-2025-001", "--later", "--audience", "public")],
}  # fmt: skip
CASES = [pytest.param(name, call, id=" ".join(call)) for name, calls in CALLS.items() for call in calls]
OPTIONAL = {"came_back", "occurrence", "occurrences_late", "channel", "disclosure"}  # left out where there is none
NO_GIT = {
    "actions-burndown-output",
    "history-output",
    "metrics-restate-output",
    "policy-diff-output",
    "pr-summary-output",
}  # nothing to tell
OF_ONE = {  # there is to be an incident
    *(
        "actions-change-output",
        "history-output",
        "postmortem-causes-output",
        "postmortem-schedule-output",
        "similar-output",
        "site-incident-output",
        "site-postmortem-output",
    )
}
OF_MANY = {
    "actions-list-output",
    "actions-overdue-output",
    "actions-sync-output",
    "similar-output",
    "postmortem-due-output",
    "overdue-output",
    "site-playbooks-output",
    "site-postmortem-output",
}  # of one they say little
RECORDS = ("incident_", "postmortem_", "playbook_")  # what a view shows of a file may be without any of its keys


def problems(name: str, value: Any) -> list[str]:
    loaded = resources.schema(name)
    exact = Draft202012Validator(loaded, format_checker=Draft202012Validator.FORMAT_CHECKER)
    found = [f"{error.json_path}: {error.message}" for error in exact.iter_errors(value)]
    assert jsonschema_rs.Draft202012Validator(loaded, validate_formats=True).is_valid(value) == (not found)
    return found


def books(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield small knowledge bases: one without incidents, one with a single one that was retold, and that one outside Git."""
    policy: dict[str, object] = {
        "policy/knowledge-base.yml": {"name": "Small", "time_zone": "Europe/Berlin", "default_disclosure": "public"},
        **POLICIES,
    }
    empty = Repo.new(folder / "empty")
    empty.commit("2025-01-02T10:00:00Z", {**policy})
    empty.commit("2025-01-20T10:00:00Z", {**policy, "policy/severities.yml": SEVERITIES})
    yield "empty", empty.base
    one = Repo.new(folder / "one")
    record = incident(
        1, "2025-01-10T09:00:00Z", timeline=[{"id": "t1", "at": "2025-01-10T09:01:00Z", "text": "Errors rise"}]
    )
    review: dict[str, Any] = {"incidents": ["INC-2025-001"], "status": "in-review", **WHY, "action_items": [ITEM]}
    files: dict[str, object] = {**policy, "policy/severities.yml": SEVERITIES, RECORD: record, POSTMORTEM: review}
    one.commit("2025-01-02T10:00:00Z", {**policy})
    one.commit("2025-01-11T10:00:00Z", {**files})
    files[RECORD] = record | {"milestones": {"started": "2025-01-10T09:00:00Z", "resolved": "2025-01-10T12:00:00Z"}}
    one.commit("2025-01-20T10:00:00Z", {**files})
    files |= {"policy/severities.yml": SEVERITIES.replace("postmortem_within: 48h", "postmortem_within: 1h")}
    files[POSTMORTEM] = review | {"action_items": [ITEM | {"status": "done"}]}
    one.commit("2025-01-25T10:00:00Z", files)
    yield "one", one.base
    shutil.copytree(one.base, folder / "bare", ignore=shutil.ignore_patterns(".git"))
    yield "outside Git", folder / "bare"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return dict(books(tmp_path_factory.mktemp("books")))


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let a command that writes into a folder do so in one of this test."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a command that asks GitHub find one on this machine."""
    with serving(Fake()) as fake:
        monkeypatch.setenv("GITHUB_TOKEN", "t")
        monkeypatch.setenv("GITHUB_API_URL", fake.address)
        yield


def needs_git(name: str, call: tuple[str, ...]) -> bool:
    return name in NO_GIT or "--ages" in call


def printed(inc: Inc, root: Path, call: tuple[str, ...]) -> Any:
    if call[0].endswith(".json"):  # no command prints it: it stands beside the pages
        repo = repository.load(root)
        shown = site.prepare(repo, repo.now(), Disclosure.RESTRICTED)
        return json.loads(next(item.text for item in site.data_of(shown, Addresses()) if item.path == call[0]))
    said = inc(*call, "--json", root=root)
    assert said.status == 0, (call, said.err)
    return json.loads(said.out)


@pytest.mark.parametrize(("name", "call"), CASES)
def test_every_output_of_a_small_knowledge_base_keeps_to_it(
    inc: Inc, small: dict[str, Path], name: str, call: tuple[str, ...]
) -> None:
    for what, root in small.items():
        if what == "empty" and name in OF_ONE and call[0].endswith(".json"):
            continue
        if (what == "outside Git" and needs_git(name, call)) or (what == "empty" and name in OF_ONE):
            assert inc(*call, "--json", root=root).status == 2, "it says why there is nothing to print"
            continue
        if what == "empty" and "2025-01-12" in call:
            call = tuple("2025-01-03" if word == "2025-01-12" else word for word in call)
        value = printed(inc, root, call)
        assert problems(name, value) == [], what
        assert resources.schema(name)["$id"] == f"urn:incidentbook:schema:{name}:v1"
        assert isinstance(value, list) or value["schema"] == resources.schema(name)["$id"]


@pytest.mark.parametrize(("name", "call"), CASES)
def test_every_output_of_the_example_keeps_to_it(inc: Inc, example: Path, name: str, call: tuple[str, ...]) -> None:
    if needs_git(name, call):
        repo = Repo(example)
        repo.git("init", "--quiet")
        repo.commit("2025-01-11T10:00:00Z", {})
        path = next(example.glob("incidents/2025/INC-2025-001.yml"))
        path.write_text(
            path.read_text(encoding="utf-8").replace("2025-01-15T04:45:00Z", "2025-01-15T05:45:00Z"), encoding="utf-8"
        )
        repo.commit("2025-01-20T10:00:00Z", {})
    assert problems(name, printed(inc, example, call)) == []


def changed(value: Any, node: Any, schema: Any) -> Iterator[str]:
    """Yield ways to spoil ``value`` in place that its schema is to refuse, each undone before the next."""
    node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node
    if "anyOf" in node:
        node = next(part for part in node["anyOf"] if (part == {"type": "null"}) == (value is None))
        yield from changed(value, node, schema)
    elif isinstance(value, dict) and "properties" in node:
        value["another"] = 1
        yield "another"
        del value["another"]
        for key, part in list(value.items()):
            del value[key]
            if key in node.get("required", ()):
                yield f"without {key}"
            value[key] = [[part]]
            yield f"{key} as a list in a list"
            value[key] = part
            yield from changed(part, node["properties"][key], schema)
    elif isinstance(value, list):
        for part in value[:1]:
            yield from changed(part, node["items"], schema)


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_output_fails(inc: Inc, small: dict[str, Path], name: str) -> None:
    root = ROOT if name in OF_MANY else small["one"]
    value, schema = printed(inc, root, CALLS[name][-1]), resources.schema(name)
    validator, count = jsonschema_rs.Draft202012Validator(schema, validate_formats=True), 0
    assert validator.is_valid(value)
    before = copy.deepcopy(value)
    for what in changed(value, schema, schema):
        assert not validator.is_valid(value), what
        count += 1
    assert value == before
    assert count > (12 if name in ("actions-change-output", "pages-output") else 20), "so much of it was filled"


@pytest.mark.parametrize("name", NAMES)
def test_the_published_file_is_the_one_that_the_types_make(name: str, tmp_path: Path) -> None:
    writer.write(tmp_path)
    path = f"{name}.schema.json"
    published = (resources.schemas_dir() / path).read_text(encoding="utf-8")
    assert published == (tmp_path / path).read_text(encoding="utf-8"), "mend with: make docs"


@pytest.mark.parametrize("name", resources.output_schema_names())
def test_it_explains_every_key(name: str) -> None:
    loaded = resources.schema(name)
    Draft202012Validator.check_schema(loaded)
    for called, definition in (("", loaded), *loaded["$defs"].items()):
        for key, node in definition.get("properties", {}).items():
            assert node["title"], key
            assert node["description"].endswith("."), key
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False
            asked = {*definition.get("required", ())}
            if called.startswith(RECORDS):
                assert asked == set()
            else:
                assert asked <= {*definition["properties"]}
                assert {*definition["properties"]} - asked <= OPTIONAL


def test_no_output_is_a_kind_of_file(inc: Inc, tmp_path: Path) -> None:
    assert resources.output_schema_names() == sorted([*NAMES, "metrics-output"])
    assert not set(resources.output_schema_names()) & set(resources.schema_names())
    assert inc("init", str(tmp_path / "ops")).status == 0
    assert not list((tmp_path / "ops").rglob("*-output*"))


def test_what_has_no_place_in_a_schema_is_refused() -> None:
    with pytest.raises(TypeError, match="no place"):
        outputs._Schema().node(bytes)


PROMISED = {
    path: option for path, command in every_command() for option in command.params if isinstance(option, JsonOption)
}
OWN = """
ack, assign, call, cancel, check, classify, close, comms draft, comms send, comms sent, comms templates, current,
disclose, handoff, hypothesis add, hypothesis confirm, hypothesis list, hypothesis reject, identify, impact, import
gcp, import github-issue, import slack, import statuspage, init, install, link, log, merge-into, mitigate, monitor, oncall, remedy
add, remedy done, remedy list, renumber, reopen, resolve, rule, severity, show, start, status, sync, unconflict, undo
"""  # commands whose JSON has no published schema yet: take away from here whatever gets one
SAME = {("actions", "commit"), ("actions", "waive")}  # which print by the same function as `inc actions set`


def test_every_command_that_prints_json_names_a_published_schema() -> None:
    flags = {path for path, command in every_command() for option in command.params if "--json" in option.opts}
    assert flags == PROMISED.keys(), "`--json` comes from _context.json_by"
    named = {path: option.schema for path, option in PROMISED.items()}
    assert sorted(" ".join(path) for path, name in named.items() if not name) == " ".join(OWN.split()).split(", ")
    published = {name for name in resources.output_schema_names() if not name.startswith("site-")}
    assert {name for name in named.values() if name} == published, "and every schema is of a command, or of the site"


def test_every_command_with_a_schema_is_tried_against_it() -> None:
    tried = {(call, name) for name, calls in CALLS.items() for call in calls}
    for path, option in PROMISED.items():
        if option.schema in CALLS and path not in SAME:
            assert any(name == option.schema and call[: len(path)] == path for call, name in tried), path
