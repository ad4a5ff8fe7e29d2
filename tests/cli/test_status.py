"""`inc status`, once: the board as text, for a terminal, a pipe and a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from incidentbook.cli import _view
from incidentbook.cli._respond import Desk
from incidentbook.repository import lazily
from incidentbook.terminal_text import width
from kb import ROOT, Inc, at, write
from terminal import INC

NOW = "2025-01-15T03:00:00Z"
HOUSE = {"name": "Test", "time_zone": "UTC", "as_of": NOW, "teams": {"sre": {"name": "SRE"}}}
SEVERITIES = {
    "severities": {
        "sev1": {
            "name": "Critical",
            "targets": {"acknowledge": "5m", "commander": "5m"},
            "postmortem": "required",
            "postmortem_within": "48h",
        }
    }
}
POLICY = {
    "policy/knowledge-base.yml": HOUSE,
    "policy/severities.yml": SEVERITIES,
    "policy/communications.yml": {"cadence": {"sev1": {"every": "30m", "audiences": ["public"]}}},
}
FIRST = "incidents/2025/INC-2025-001.yml"


def plain(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return an open SEV-1, half an hour old, with something in every section."""
    return {
        "id": f"INC-2025-{number:03}",
        "title": "Checkout answers with errors",
        "status": "investigating",
        "severity": "sev1",
        "type": "availability",
        "services": ["api", "checkout"],
        "milestones": {"started": "2025-01-15T02:20:00Z", "declared": "2025-01-15T02:30:00Z"},
        "roles": [{"id": "r1", "role": "scribe", "holder": "sre", "from": "2025-01-15T02:40:00Z"}],
        "timeline": [
            {"id": "t0", "at": "2025-01-14T23:00:00Z", "text": "Pushed out of the last five"},
            {"id": "t1", "at": "2025-01-14T23:50:00Z", "text": "A change of the evening before"},
            {"id": "t2", "at": "2025-01-15T02:30:00Z", "text": "Declared SEV-1"},
            {"id": "t3", "at": "2025-01-15T02:41:00Z", "text": "港の予約が停止 🚢 " + "and so on " * 12},
            {"id": "t4", "at": "2025-01-15T02:50:00Z", "text": "Key seen in a public log", "private": True},
            {"id": "t5", "at": "2025-01-15T02:55:00Z", "text": "Steers \x1b[31mnothing\u202e"},
        ],
        "communications": [
            {
                "id": "c1",
                "at": "2025-01-15T02:45:00Z",
                "audience": "public",
                "channel": "status-page",
                "text": "We look",
            }
        ],
        "investigation": {"hypotheses": [{"id": "h1", "text": "The last deploy", "status": "open"}]},
        "remediation": {"immediate": [{"text": "Roll back", "status": "in-progress"}]},
    } | more


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    monkeypatch.delenv("INC_CURRENT", raising=False)

    def make(*records: dict[str, Any], **files: object) -> Path:
        incidents = {f"incidents/2025/{one['id']}.yml": one for one in records}
        return write(tmp_path / "kb", POLICY | incidents | files)

    return make


def status(inc: Inc, root: Path, *more: str) -> str:
    result = inc("status", *more, root=root)
    assert (result.status, result.err) == (0, "")
    return result.out


def test_everything_at_eighty_columns(inc: Inc, kb: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    said = status(inc, kb(plain()))
    golden("status/whole.txt", said)
    assert all(width(line) <= 80 for line in said.splitlines())


def test_the_guide_shows_what_is_printed(inc: Inc, kb: Callable[..., Path]) -> None:
    entries = [
        ("14:06:00", "Declared SEV-1: Checkout answers with errors", False),
        ("14:21:40", "The pool of the payment database is used up", False),
        ("14:30:02", "A key was seen in the log", True),
    ]
    record = plain(
        4,
        services=["public-api"],
        milestones={
            "started": "2025-01-15T13:55:34Z",
            "declared": "2025-01-15T14:06:00Z",
            "acknowledged": "2025-01-15T14:07:00Z",
        },
        roles=[{"id": "r1", "role": "incident-commander", "holder": "sre", "from": "2025-01-15T14:09:12Z"}],
        timeline=[
            {"id": at, "at": f"2025-01-15T{at}Z", "text": text, "private": private} for at, text, private in entries
        ],
        communications=[],
        investigation={},
        remediation={},
    )
    house = HOUSE | {"as_of": "2025-01-15T14:36:41Z"}
    cadence = {"cadence": {"sev1": {"every": "30m", "audiences": ["public", "customers"]}}}
    said = status(inc, kb(record, **{"policy/knowledge-base.yml": house, "policy/communications.yml": cadence}))
    board, _ = said.split("\n\nThe clock stands still")
    assert f"```console\n$ inc status\n{board}\n```" in (ROOT / "docs/guide/responding.md").read_text("utf-8")


def test_several_open(inc: Inc, kb: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    calm = plain(2, status="monitoring", title="港の予約が停止 " * 12, severity="sev3", milestones={})
    root = kb(plain(), calm, plain(3, status="closed"))
    said = status(inc, root)
    golden("status/several.txt", said)
    assert all(width(line) <= 80 for line in said.splitlines())
    assert status(inc, root, "--incident", "inc-2025-002").startswith("INC-2025-002  SEV-3  monitoring")


def test_the_environment_says_which(inc: Inc, kb: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root = kb(plain(), plain(2))
    monkeypatch.setenv("INC_CURRENT", "INC-2025-002")
    assert status(inc, root).startswith("INC-2025-002")
    assert status(inc, root, "--all").startswith("2 incidents are open")


def test_nothing_open(inc: Inc, kb: Callable[..., Path]) -> None:
    assert status(inc, kb()).startswith("No incident is open.\n")


def over(number: int, **more: Any) -> dict[str, Any]:
    milestones = {"started": "2025-01-15T01:00:00Z", "resolved": "2025-01-15T02:00:00Z"}
    return plain(number, status="resolved", milestones=milestones, **more)


def test_nothing_open_and_a_post_mortem_owed(
    inc: Inc, kb: Callable[..., Path], golden: Callable[[str, str], None]
) -> None:
    review = {"incidents": ["INC-2025-002"], "status": "draft", "scheduled": "2025-01-16"}
    held = {"incidents": ["INC-2025-003"], "status": "in-review", "held": "2025-01-15"}
    root = kb(
        over(1),
        over(2),
        over(3),
        **{"postmortems/2025/INC-2025-002.md": review, "postmortems/2025/INC-2025-003.md": held},
    )
    golden("status/owed.txt", status(inc, root))
    said = json.loads(status(inc, root, "--json"))
    assert (said["incidents"], said["owes_postmortem"]["id"]) == ([], "INC-2025-002")


def test_a_post_mortem_that_covers_several_incidents_is_owed_by_none(inc: Inc, kb: Callable[..., Path]) -> None:
    review = {"incidents": ["INC-2025-001", "INC-2025-002"], "status": "published"}
    assert status(inc, kb(over(1), over(2))).startswith("No incident is open. The last one still owes")
    assert status(inc, kb(over(1), over(2), **{"postmortems/2025/INC-2025-001.md": review})) == (
        "No incident is open.\n\n"
        "The clock stands still at 2025-01-15 03:00:00 UTC: policy/knowledge-base.yml\nsays `as_of`.\n"
    )


def test_json(inc: Inc, kb: Callable[..., Path]) -> None:
    said = json.loads(status(inc, kb(plain(), plain(2)), "--json"))
    assert (said["now"], said["standing"], said["owes_postmortem"], said["broken"]) == (NOW, True, None, [])
    assert [one["id"] for one in said["incidents"]] == ["INC-2025-001", "INC-2025-002"]
    assert [(item["what"], item["late"]) for item in said["incidents"][0]["due"]] == [
        ("acknowledge it: inc ack", True),
        ("name who leads: inc assign incident-commander TEAM", True),
        ("tell public how it stands", False),
    ]


def test_a_record_that_cannot_be_read(inc: Inc, kb: Callable[..., Path]) -> None:
    root = kb(plain())
    (root / FIRST).write_text("status: declared\nid: [\n", encoding="utf-8")
    result = inc("status", root=root)
    assert result.status == 1
    assert f"The record cannot be read: {FIRST}:" in result.err
    write(root, {"incidents/2025/INC-2025-002.yml": plain(2)})
    beside = inc("status", root=root)
    assert beside.status == 0
    assert "INC-2025-002  SEV-1" in beside.out
    assert f"! The record cannot be read: {FIRST}:" in beside.out


def test_a_policy_that_cannot_be_read_is_named(inc: Inc, kb: Callable[..., Path]) -> None:
    said = status(inc, kb(plain(), **{"policy/severities.yml": "severities: ["}))
    assert "! policy/severities.yml cannot be read, so its defaults stand in" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--incident", "INC-2025-404"), "There is no incident INC-2025-404"),
        (("--incident", "INC-2025-001", "--all"), "Say --incident or --all, not both"),
        (("--watch", "--json"), "Say --watch or --json, not both"),
        (("--watch",), "--watch needs a terminal"),
        (("--interval", "0"), "is not in the range"),
    ],
)
def test_what_is_refused(inc: Inc, kb: Callable[..., Path], arguments: tuple[str, ...], message: str) -> None:
    result = inc("status", *arguments, root=kb(plain()))
    assert (result.status, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize("columns", [10, 20, 40, 59, 60, 80, 120])
@pytest.mark.parametrize("height", [1, 3, 6, 12, 24, 80])
@pytest.mark.parametrize("several", [False, True])
def test_a_board_keeps_to_its_room(kb: Callable[..., Path], columns: int, height: int, several: bool) -> None:  # noqa: FBT001 - parametrised
    root = kb(plain(), plain(2, status="monitoring" if several else "closed", title="港の予約 " * 40))
    place = Desk(root, lazily(root, list(POLICY)), at(NOW))
    shown = _view.lines(_view.look(place, "", every=False), columns, height)
    assert 1 <= len(shown) <= height
    assert all(width("".join(span.text for span in line)) <= columns for line in shown)


@pytest.mark.parametrize(("columns", "height"), [(80, 22), (80, 12), (40, 30), (120, 30)])
def test_texts_get_shorter_before_lists_do(
    kb: Callable[..., Path], golden: Callable[[str, str], None], columns: int, height: int
) -> None:
    place = Desk(kb(plain()), lazily(kb(), list(POLICY)), at(NOW))
    shown = _view.lines(_view.look(place, "", every=False), columns, height)
    golden(f"status/{columns}x{height}.txt", "\n".join("".join(span.text for span in line) for line in shown))


def test_nobody_is_reminded_of_roles_once_it_is_over(inc: Inc, kb: Callable[..., Path]) -> None:
    assert "inc assign ROLE TEAM" in status(inc, kb(plain(roles=[])))
    assert "Roles" not in status(inc, kb(over(1, roles=[])))


def test_what_is_late_is_there_in_the_smallest_terminal(kb: Callable[..., Path]) -> None:
    root = kb(plain())
    place = Desk(root, lazily(root, list(POLICY)), at(NOW))
    shown = _view.lines(_view.look(place, "", every=False), 40, 8)
    assert any(span.style == "late" and " late" in span.text for line in shown for span in line)


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_red_is_for_what_is_late_and_for_a_terminal(
    kb: Callable[..., Path],
    environment: dict[str, str],
    coloured: bool,  # noqa: FBT001 - parametrised
) -> None:
    settings = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "HOME": "/", "LANG": "C.UTF-8"} | environment
    said = pexpect.run(f"{INC} -C {kb(plain())} status", env=settings, encoding="utf-8")  # type: ignore[arg-type]
    red = [part.split("\x1b[0m")[0] for part in said.split("\x1b[31m")[1:]]
    late = ["acknowledge it: inc ack", "name who leads: inc assign", "incident-commander TEAM"]
    assert [part.rsplit("late  ")[-1].removeprefix("\x1b[1m") for part in red] == (late if coloured else [])
    assert said.count("25 min late") == 2
    assert ("\x1b" in said) == coloured


def test_a_pipe_gets_plain_text(inc: Inc, kb: Callable[..., Path]) -> None:
    said = status(inc, kb(plain()))
    assert all(sign.isprintable() for line in said.split("\n") for sign in line)
    assert "25 min late" in said
