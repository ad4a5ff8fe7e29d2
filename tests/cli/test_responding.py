"""The responder's commands, from the first minute to the close: what each writes, says and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository, resources
from incidentbook.cli.log import KINDS
from incidentbook.records.incident import Incident
from kb import Inc, write

NOW = "2025-01-15T03:00:00Z"
HOUSE = {
    "name": "Test",
    "organisation": "Example",
    "time_zone": "Europe/Lisbon",
    "as_of": NOW,
    "default_disclosure": "internal",
    "teams": {"sre": {"name": "SRE"}, "platform": {"name": "Platform"}},
}
SEVERITIES = {
    "severities": {
        "sev1": {
            "name": "Critical",
            "targets": {"acknowledge": "5m"},
            "postmortem": "required",
            "postmortem_within": "48h",
        }
    }
}
PATH = "incidents/2025/INC-2025-001.yml"
Run = Callable[..., str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("INC_CURRENT", raising=False)
    services = {"services": {"api": {"name": "API", "team": "platform"}}}
    return write(
        tmp_path / "kb",
        {
            "policy/knowledge-base.yml": HOUSE,
            "policy/severities.yml": SEVERITIES,
            "policy/services.yml": services,
        },
    )


@pytest.fixture
def refused(inc: Inc, root: Path) -> Run:
    """Run a command that is to be refused; nothing may be written. Returns what it says."""

    def call(*arguments: str) -> str:
        before = {path: path.read_bytes() for path in root.rglob("*.yml")}
        result = inc(*arguments, root=root)
        assert result.status == 2, arguments
        assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before
        return " ".join(result.err.split())

    return call


@pytest.fixture
def read(root: Path) -> Callable[[], Incident]:
    def record() -> Incident:
        found = repository.load(root).incident("INC-2025-001")
        assert found is not None
        return found

    return record


def start(run: Run, *more: str) -> str:
    return run("start", "Checkout answers with errors", "--severity", "sev1", *more)


def test_the_first_minute(run: Run, read: Callable[[], Incident]) -> None:
    said = start(run, "--at", "-10m", "--type", "availability", "--service", "api")
    assert said == (
        "INC-2025-001 (new)\n"
        "  declared SEV-1 at 03:00:00 WET: Checkout answers with errors\n"
        "  started at 02:50:00 WET\n"
        f"  in {PATH}\n"
        "Due next\n"
        "  03:05:00 WET  acknowledge it: inc ack (in 5 min)\n"
    )
    record = read()
    times = {name: moment.written for name, moment in record.milestones.items()}
    assert times == {"started": "2025-01-15T02:50:00Z", "detected": NOW, "declared": NOW}
    assert (record.status, record.severity, record.type, record.services) == (
        "declared",
        "sev1",
        "availability",
        ("api",),
    )
    assert [entry.text for entry in record.timeline] == ["Declared SEV-1: Checkout answers with errors"]


def test_from_the_first_minute_to_the_close(run: Run, inc: Inc, root: Path, read: Callable[[], Incident]) -> None:
    start(run, "--at", "-40m", "--type", "availability", "--service", "api")
    steps = [
        ("ack", "--at", "-38m"),
        ("assign", "incident-commander", "sre", "--at", "-37m"),
        ("log", "Failover", "begins", "--kind", "action", "--at", "-30m"),
        ("identify", "--at", "-25m"),
        ("handoff", "incident-commander", "platform", "--notes", "Failover runs", "--at", "-20m"),
        ("mitigate", "--at", "-15m"),
        ("monitor", "--at", "-10m"),
        ("resolve", "--at", "-5m"),
        ("close", "--summary", "Checkout failed", "--resolution", "Failover", "--incident", "INC-2025-001"),
    ]
    for step in steps:
        run(*step)
    record = read()
    assert [change.to for change in record.transitions] == [
        "declared", "investigating", "identified", "mitigated", "monitoring", "resolved", "closed",
    ]  # fmt: skip
    assert record.status == "closed"
    assert record.seconds_between("started", "resolved") == 35 * 60
    assert record.seconds_between("started", "acknowledged") == 2 * 60
    assert [(role.holder, role.to.written if role.to else None, role.notes) for role in record.roles] == [
        ("sre", "2025-01-15T02:40:00Z", ""),
        ("platform", None, "Failover runs"),
    ]
    found = json.loads(inc("check", "--json", root=root).out)["findings"]
    assert [one["message"] for one in found if one["grade"] == "error" and one["path"] == PATH] == [
        "`impact` is missing: an incident that is closed needs its impact"
    ]


def test_comments_and_layout_stay(run: Run, root: Path) -> None:
    start(run)
    path = root / PATH
    text = path.read_text(encoding="utf-8").replace(
        "title: Checkout", "title:   Checkout  # as support put it\n# more\n#", 1
    )
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    run("log", "Errors", "fall")
    after = path.read_bytes().decode()
    assert "# as support put it\r\n# more\r\n" in after
    assert "text: Errors fall}\r\n" in after
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("log", "x"), "No incident is open"),
        (("log", " "), "Say what happened"),
        (("start", " ", "--severity", "sev1"), "Say in a few words what is wrong"),
        (("start", "x", "--severity", "sev9"), "'sev9' is not one of 'sev1'"),
        (("start", "x", "--severity", "sev1", "--service", "apo"), "There is no 'apo' here. Did you mean 'api'?"),
        (("start", "x", "--severity", "sev1", "--at", "2025-01-15 04:00"), "lies ahead: it is 03:00 in Europe/Lisbon"),
        (("current", "--incident", "INC-2025-404"), "There is no incident INC-2025-404"),
        (("undo",), "There is nothing to undo in this checkout"),
    ],
)
def test_what_is_refused_before_there_is_an_incident(refused: Run, arguments: tuple[str, ...], message: str) -> None:
    assert message in refused(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("ack", "--at", "-2h"),
            "The incident started at 2025-01-15T03:00:00Z, which is later than 2025-01-15T01:00:00Z",
        ),
        (("resolve", "--at", "-2h"), "which is later than"),
        (
            ("close", "--summary", "x", "--resolution", "y"),
            "It is declared, and would be closed before it was resolved",
        ),
        (("cancel",), "Cancelling says that it was no incident: that needs a reason"),
        (("reopen", "--reason", " "), "that needs a reason"),
        (("severity", "sev1", "--reason", "x"), "It is sev1 already"),
        (("severity", "sev2", "--reason", " "), "Say what makes it so"),
        (("assign", "Commander", "sre"), "Write a role as `incident-commander`"),
        (("assign", "scribe", "ser"), "There is no 'ser' here. Did you mean 'sre'?"),
        (("handoff", "scribe", "sre", "--notes", "x"), "Nobody holds scribe, so there is nothing to hand over"),
    ],
)
def test_what_is_refused(run: Run, refused: Run, arguments: tuple[str, ...], message: str) -> None:
    start(run)
    if arguments[0] == "reopen":
        run("mitigate")
    assert message in refused(*arguments)


def test_twice_is_refused(run: Run, refused: Run) -> None:
    start(run)
    run("ack")
    run("assign", "scribe", "sre")
    assert f"It was acknowledged at {NOW} already" in refused("ack")
    assert "sre holds scribe already" in refused("assign", "scribe", "sre")
    assert "sre took scribe at" in refused("assign", "scribe", "platform", "--at", "-1m")


def test_a_closed_record_says_what_happened(run: Run, refused: Run) -> None:
    start(run)
    run("resolve")
    assert "A closed record has a summary, and this has none Add --summary" in refused(
        "close", "--incident", "INC-2025-001"
    )
    said = refused("close", "--summary", "x", "--incident", "INC-2025-001")
    assert "A closed record has a resolution, and this has none" in said


def test_a_move_says_what_the_record_still_lacks(run: Run) -> None:
    start(run)
    assert "  still missing: type (inc classify --type …), services (inc classify --service …)\n" in run("identify")
    run("classify", "--type", "availability", "--service", "api")
    assert "  still missing: impact (inc impact outage --at …)\n" in run("resolve")
    run("impact", "outage", "--at", "-5m", "--incident", "INC-2025-001")
    said = run("close", "--summary", "x", "--resolution", "y", "--incident", "INC-2025-001")
    assert "still missing" not in said


def test_reopened_and_resolved_again(run: Run, read: Callable[[], Incident]) -> None:
    start(run, "--at", "-40m")
    run("resolve", "--at", "-30m")
    run("reopen", "--reason", "Errors are back", "--at", "-20m", "--incident", "INC-2025-001")
    assert read().milestone("resolved") is None
    run("resolve", "--at", "-10m")
    resolved = read().milestone("resolved")
    assert resolved is not None
    assert resolved.written == "2025-01-15T02:50:00Z"


def test_a_resolution_given_by_hand_moves_on(run: Run, root: Path, read: Callable[[], Incident]) -> None:
    start(run, "--at", "-40m")
    run("resolve", "--at", "-30m")
    path = root / PATH
    path.write_text(path.read_text("utf-8").replace("milestones:\n", f"milestones:\n  resolved: {NOW}\n"), "utf-8")
    run("reopen", "--reason", "Errors are back", "--at", "-20m", "--incident", "INC-2025-001")
    run("resolve", "--at", "-10m")
    assert read().milestones["resolved"].written == "2025-01-15T02:50:00Z"


def test_phases_end_with_the_incident(run: Run, root: Path, read: Callable[[], Incident]) -> None:
    start(run, "--at", "-40m")
    with (root / PATH).open("a", encoding="utf-8") as file:
        file.write("impact:\n  phases:\n    - {id: p1, level: outage, from: 2025-01-15T02:30:00Z}\n")
    run("resolve", "--at", "-5m")
    (phase,) = read().impact.phases
    assert phase.to is not None
    assert phase.to.written == "2025-01-15T02:55:00Z"


def test_severity_changes_with_its_reason(run: Run, read: Callable[[], Incident]) -> None:
    start(run)
    said = run("severity", "sev2", "--reason", "Half is served again")
    assert "  sev1 → sev2 at 03:00:00 WET\n  Half is served again\n" in said
    assert [(change.to, change.reason) for change in read().severity_history] == [
        ("sev1", ""),
        ("sev2", "Half is served again"),
    ]


def test_what_is_logged_late_stands_where_its_time_puts_it(run: Run, root: Path, read: Callable[[], Incident]) -> None:
    start(run, "--at", "-40m")
    for text, at in (("third", "now"), ("first", "-30m"), ("second", "-20m"), ("between", "-25m"), ("fourth", "now")):
        run("log", text, "--at", at)
    said = [entry.text for entry in read().timeline]
    assert said == ["first", "between", "second", "Declared SEV-1: Checkout answers with errors", "third", "fourth"]
    assert (root / PATH).read_text("utf-8").count("\n  - {id: ") == 8


def test_a_private_entry(run: Run, read: Callable[[], Incident]) -> None:
    start(run)
    run("log", "Key seen in a public log", "--private")
    assert [bool(entry.private) for entry in read().timeline] == [False, True]


def test_undo_takes_back_what_was_said_last(run: Run, root: Path) -> None:
    start(run)
    before = (root / PATH).read_bytes()
    run("log", "Errors", "fall")
    assert run("undo") == f"Took back “inc log 'Errors fall'”: {PATH} is as it was before.\n"
    assert (root / PATH).read_bytes() == before
    assert run("undo").endswith(f"{PATH} removed.\n")
    assert not (root / PATH).exists()


def test_the_next_number_and_two_open_ones(run: Run, refused: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    start(run)
    assert start(run).startswith("INC-2025-002 (new)")
    assert "2 incidents are open: INC-2025-001, INC-2025-002 Say which" in refused("log", "x")
    monkeypatch.setenv("INC_CURRENT", "INC-2025-001")
    assert run("current") == f"INC-2025-001 (by INC_CURRENT): {PATH}\n"


def test_json(run: Run) -> None:
    start(run)
    said: dict[str, Any] = json.loads(run("log", "Errors", "fall", "--json"))
    assert said == {
        "id": "INC-2025-001",
        "path": PATH,
        "status": "declared",
        "severity": "sev1",
        "wrote": ["03:00:00 WET  Errors fall"],
        "due": [{"at": "2025-01-15T03:05:00Z", "what": "acknowledge it: inc ack", "late": False}],
    }


def test_a_record_that_cannot_be_read_is_left_alone(run: Run, inc: Inc, root: Path) -> None:
    start(run)
    path = root / PATH
    path.write_text(path.read_text("utf-8") + "title: Twice\n", "utf-8")
    before = path.read_bytes()
    result = inc("log", "x", root=root)
    assert result.status == 1
    assert f"The record cannot be written to before it can be read: {PATH}:" in result.err
    assert path.read_bytes() == before


def test_a_drill(run: Run, read: Callable[[], Incident]) -> None:
    start(run, "--exercise")
    assert read().exercise


def test_the_kinds_of_an_entry_are_those_of_the_schema() -> None:
    entry = resources.schema("incident")["$defs"]["timelineEntry"]["properties"]
    assert list(KINDS) == entry["kind"]["enum"]


def test_a_security_incident_is_restricted_until_somebody_says_otherwise(
    run: Run, read: Callable[[], Incident]
) -> None:
    assert "  restricted: `inc disclose LEVEL` changes who may read it\n" in start(run, "--type", "security")
    assert read().disclosure == "restricted"
    assert "  restricted → internal\n" in run("disclose", "internal")
    assert read().disclosure == "internal"


def test_what_comes_later_is_not_said_to_be_earlier(run: Run, refused: Run) -> None:
    start(run, "--at", "-60m")
    run("severity", "sev2", "--reason", "half", "--at", "-10m")
    run("monitor", "--at", "-20m")
    assert "It was sev2 at" in refused("severity", "sev3", "--reason", "few", "--at", "-30m")
    assert "It was monitoring at" in refused("resolve", "--at", "-30m")


def test_whoever_acknowledges_has_noticed_it(run: Run, read: Callable[[], Incident]) -> None:
    start(run, "--at", "-60m")
    run("ack", "--at", "-50m")
    record = read()
    assert record.seconds_between("started", "detected") == 10 * 60
    assert record.seconds_between("started", "acknowledged") == 10 * 60


def test_what_is_resolved_is_meant_until_it_is_closed(run: Run, inc: Inc, root: Path) -> None:
    start(run)
    run("resolve")
    assert "(the only one not closed)" in run("log", "Tickets are answered")
    assert "it is resolved already" in run("log", "And more")
    run("close", "--summary", "It failed", "--resolution", "It was mended")
    assert "No incident is open" in inc("log", "Too late", root=root).err


def test_a_private_entry_says_so(run: Run) -> None:
    start(run)
    assert "private: A key was seen" in run("log", "A key was seen", "--private")


def test_a_link_is_a_page(run: Run, refused: Run) -> None:
    start(run)
    assert "is no page elsewhere" in refused("link", "javascript:alert(1)", "--title", "x")
    assert "links Graph" in run("link", "https://graphs.example/1", "--title", "Graph")
