"""What is sent to GitHub, held against its own descriptions: of its REST interface by a mock server, of GraphQL by its schema."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import node_tools
from incidentbook.github import wire
from incidentbook.github.client import Client
from incidentbook.github.connection import Connection
from incidentbook.github.issue import Issue
from incidentbook.github.patience import RefusedError
from incidentbook.github.pulls import Pulls

DESCRIPTION = "node_modules/@octokit/openapi/generated/api.github.com.json"
REPOSITORY = "octocat/Hello-World"  # whose issue 1347 GitHub's examples are about
USED = {
    "/repos/{owner}/{repo}": ["get"],
    "/repos/{owner}/{repo}/issues": ["get", "post"],
    "/repos/{owner}/{repo}/issues/{issue_number}": ["get", "patch"],
    "/repos/{owner}/{repo}/pulls": ["get", "post"],
    "/repos/{owner}/{repo}/pulls/{pull_number}": ["patch"],
}
BASE = f"/repos/{REPOSITORY}/issues"
Serve = Callable[[dict[str, Any]], str]


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """Return GitHub's description, cut down to what is used; requests take nothing that it does not name."""
    whole = json.loads((node_tools.FOLDER / DESCRIPTION).read_text(encoding="utf-8"))
    cut: dict[str, Any] = {"openapi": whole["openapi"], "info": whole["info"], "paths": {}, "components": {}}
    for path, methods in USED.items():
        cut["paths"][path] = {method: whole["paths"][path][method] for method in methods}
        for operation in cut["paths"][path].values():
            for answer in operation["responses"].values():
                answer.pop("headers", None)  # the example leads on to a second page, at GitHub
            if "requestBody" in operation:
                _tighten(operation["requestBody"]["content"]["application/json"]["schema"])
    _fetch(cut["paths"], whole, cut)
    for example in cut["components"]["examples"].values():
        _mend(example)
    return cut


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Mock what is described, and return the address."""
    running = []

    def start(described: dict[str, Any]) -> str:
        file = tmp_path_factory.mktemp("openapi") / "description.json"
        file.write_text(json.dumps(described), encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
        command = [*node_tools.command("@stoplight/prism-cli/dist/index.js"), "mock", "--port", str(port)]
        log = file.with_suffix(".log").open("w")
        running.append((subprocess.Popen([*command, str(file)], stdout=log, stderr=log), log))
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                httpx.get(f"{address}/", timeout=5)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return address
        pytest.fail(f"the mock server does not start: {Path(log.name).read_text(encoding='utf-8')}")

    yield start
    for process, log in running:
        process.terminate()
        process.wait(10)
        log.close()


@pytest.fixture(scope="module")
def address(serve: Serve, description: dict[str, Any]) -> str:
    return serve(description)


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    connection = Connection("t", api=address)
    yield Client(connection, REPOSITORY)
    connection.close()


@pytest.fixture(autouse=True, scope="module")
def _tools() -> None:
    if reason := node_tools.want():
        node_tools.go_without("GitHub's own descriptions", "node", reason)


def _tighten(schema: dict[str, Any]) -> None:
    """Take away what lets a mock accept anything: unknown keys, and `oneOf` beside `nullable`, which it reads as no rule."""
    schema["additionalProperties"] = False
    for rule in schema["properties"].values():
        if "oneOf" in rule:
            rule.pop("nullable", None)


def _mend(example: dict[str, Any]) -> None:
    """Unwrap an example that is wrapped twice, and make an issue of what is shown as a pull request."""
    if isinstance(example["value"], dict) and isinstance(example["value"].get("value"), dict):
        example["value"] = example["value"]["value"]
    for one in example["value"] if isinstance(example["value"], list) else [example["value"]]:
        one.pop("pull_request", None)


def _fetch(node: Any, whole: dict[str, Any], cut: dict[str, Any]) -> None:
    """Copy into ``cut`` whatever ``node`` refers to, and what that refers to."""
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _fetch(value, whole, cut)
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        _, _, group, name = node["$ref"].split("/")
        if name not in cut["components"].setdefault(group, {}):
            cut["components"][group][name] = whole["components"][group][name]
            _fetch(cut["components"][group][name], whole, cut)


def test_all_that_is_asked_for_is_described(client: Client) -> None:
    assert client.look().name == REPOSITORY
    found = client.issues("bug", [1347])
    assert found[1347].title == "Found a bug"
    made = client.create("Mend it (AI-2025-001-1)", "text", ["bug", "reliability"], lambda _: False)
    assert isinstance(made, Issue)
    client.edit(made.number, title="Mend it", body="text", state="closed", state_reason="not_planned")
    client.edit(made.number, state="open", state_reason="reopened")


def test_all_that_is_asked_of_pull_requests_is_described(client: Client) -> None:
    pulls = Pulls(client.connection, REPOSITORY)
    assert pulls.look().branch
    found = pulls.of("new-topic")
    assert found is not None
    assert found.number == 1347
    assert pulls.of("another") is None
    made = pulls.open("new-topic", "master", "Take it back", "text")
    assert made == found
    pulls.edit(made.number, body="text")
    pulls.edit(made.number, state="closed")
    with pytest.raises(RefusedError, match="HTTP 422"):
        pulls.edit(made.number, state="merged")


def test_a_state_or_a_reason_that_github_does_not_know_is_refused(client: Client) -> None:
    client.issues("bug", [1347])
    for wrong in ({"state": "done"}, {"state": "closed", "state_reason": "verified"}):
        with pytest.raises(RefusedError, match="HTTP 422"):
            client.edit(1347, **wrong)


WRONG = [
    ("POST", BASE, {"body": "no title"}),
    ("POST", BASE, {"title": "T", "labels": "bug"}),
    ("POST", BASE, {"title": "T", "milestone": {"due_on": "2025-02-14"}}),
    ("POST", BASE, {"title": "T", "due": "2025-02-14"}),
    ("PATCH", f"{BASE}/1347", {"milestone": []}),
    ("PATCH", f"{BASE}/1347", {"state": "merged"}),
    ("POST", f"/repos/{REPOSITORY}/pulls", {"title": "T", "base": "main"}),
    ("POST", f"/repos/{REPOSITORY}/pulls", {"title": "T", "base": "main", "head": "b", "labels": ["bug"]}),
]


@pytest.mark.parametrize(("method", "path", "sent"), WRONG, ids=str)
def test_the_mock_refuses_what_github_would(address: str, method: str, path: str, sent: dict[str, Any]) -> None:
    assert httpx.request(method, f"{address}{path}", json=sent).status_code == 422


def test_what_closed_an_issue_is_asked_as_github_s_schema_has_it() -> None:
    folder = node_tools.FOLDER / "node_modules" / "@octokit" / "graphql-schema"

    def errors(query: str) -> Any:
        code = f"const {{validate}} = require({json.dumps(str(folder))}); console.log(JSON.stringify(validate(process.argv[1])))"
        done = subprocess.run(
            [*node_tools.command("")[:1], "-e", code, query], capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    assert errors(wire.CLOSER) == []
    assert errors(wire.CLOSER.replace("merged", "married"))
