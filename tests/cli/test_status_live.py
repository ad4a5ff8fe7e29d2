"""`inc status --watch` in a real terminal: what stands on the screen, what changes it, and how it is left."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb import Inc, Result, write
from terminal import INC, Terminal

ALTERNATE, MAIN, CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
SEVERITIES = {"severities": {"sev1": {"name": "Critical", "targets": {"acknowledge": "5m"}}}}
Run = Callable[..., Result]
Open = Callable[..., Terminal]


@pytest.fixture
def root(tmp_path: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base whose clock runs, with an incident that is a few seconds old and was not acknowledged in time."""
    monkeypatch.delenv("INC_CURRENT", raising=False)
    made = write(tmp_path / "kb", {"policy/severities.yml": SEVERITIES})
    assert inc("start", "Checkout answers with errors", "--severity", "sev1", "--at", "-20m", root=made).status == 0
    (record,) = made.glob("incidents/*/*.yml")
    record.write_text(re.sub(r"declared: .*", "declared: 2025-01-15T02:30:00Z", record.read_text("utf-8")), "utf-8")
    return made


@pytest.fixture
def record(root: Path) -> Path:
    (found,) = root.glob("incidents/*/*.yml")
    return found


@pytest.fixture
def run(root: Path, inc: Inc) -> Run:
    """Do what another responder does meanwhile."""

    def call(*arguments: str) -> Result:
        result = inc(*arguments, root=root)
        assert result.status == 0, result.err
        return result

    return call


@pytest.fixture
def board(root: Path) -> Iterator[Open]:
    """Open a board, and wait until it is there."""
    opened: list[Terminal] = []

    def call(*arguments: str, columns: int = 80, lines: int = 24, env: dict[str, str] | None = None) -> Terminal:
        command = [INC, "-C", str(root), "status", "--watch", *arguments]
        opened.append(Terminal(command, columns=columns, lines=lines, env=env))
        opened[-1].shows("q quits")
        return opened[-1]

    yield call
    for one in opened:
        one.child.close(force=True)


def left(terminal: Terminal) -> None:
    """Assert that the command has ended well, and gave back the screen and the cursor."""
    assert terminal.end() == 0
    assert terminal.raw.count(ALTERNATE) == terminal.raw.count(MAIN) == 1
    assert terminal.raw.rindex(CURSOR) > terminal.raw.rindex(b"q quits")
    assert b"Traceback" not in terminal.raw


def test_the_board_shows_what_another_process_writes(board: Open, run: Run) -> None:
    shown = board()
    shown.shows("SEV-1 (Critical)  declared")
    run("log", "Failover", "begins")
    shown.shows("Failover begins")
    run("ack")
    shown.shows("SEV-1 (Critical)  investigating")
    run("assign", "scribe", "sre")
    shown.shows("scribe: sre")
    shown.child.send("q")
    left(shown)


def test_the_clock_moves(board: Open) -> None:
    shown = board("--interval", "0.2")
    running = re.search(r"declared +(\S.*)$", shown.text.splitlines()[0])
    assert running
    shown.until(lambda: running[1] not in shown.text.splitlines()[0])
    shown.child.send("q")
    left(shown)


def test_late_is_red_and_nothing_else_is_coloured(board: Open) -> None:
    shown = board()
    (red,) = shown.coloured("red")
    assert red.startswith("2025-01-15 02:35 UTC")
    assert red.endswith("late  acknowledge it: inc ack")
    assert {cell.fg for row in shown.screen.buffer.values() for cell in row.values()} == {"default", "red"}


def test_without_colour(board: Open) -> None:
    shown = board(env={"NO_COLOR": "1"})
    assert shown.coloured("red") == []
    assert "late  acknowledge it: inc ack" in shown.text
    assert {cell.fg for row in shown.screen.buffer.values() for cell in row.values()} == {"default"}


def test_ctrl_c_leaves_as_q_does(board: Open) -> None:
    shown = board()
    shown.child.sendintr()
    left(shown)


def test_a_process_that_is_told_to_end_gives_the_terminal_back(board: Open) -> None:
    shown = board()
    shown.child.kill(signal.SIGTERM)
    assert shown.end() == 128 + signal.SIGTERM
    assert shown.raw.rindex(MAIN) > shown.raw.rindex(b"q quits")


@pytest.mark.parametrize(("columns", "lines"), [(40, 24), (200, 50), (80, 8)])
def test_another_size(board: Open, columns: int, lines: int) -> None:
    shown = board("--interval", "3600")
    shown.resize(columns, lines)
    shown.until(lambda: shown.screen.display[lines - 1].startswith("q quits"))
    assert shown.screen.display[0].startswith("INC-")
    assert re.search(r" late\s+acknowledge it: inc ack", shown.text)
    shown.child.send("q")
    left(shown)


def test_narrow(board: Open) -> None:
    shown = board(columns=40)
    assert "late\n   acknowledge it: inc ack" in shown.text


def test_a_record_that_is_broken_for_a_moment(board: Open, record: Path) -> None:
    shown = board()
    good = record.read_bytes()
    record.write_bytes(b"id: [\n")
    shown.shows("! The record cannot be read")
    assert "Checkout answers with errors" in shown.text
    assert "acknowledge it" in shown.text
    record.write_bytes(good.replace(b"answers", b"replies"))
    shown.until(lambda: "Checkout replies" in shown.text and "!" not in shown.text)
    shown.child.send("q")
    left(shown)


@pytest.mark.parametrize("named", [False, True])
def test_a_record_that_vanishes(board: Open, record: Path, named: bool) -> None:  # noqa: FBT001 - parametrised
    shown = board(*(["--incident", record.stem] if named else []))
    record.unlink()
    shown.shows(f"! There is no incident {record.stem}" if named else "! The record is gone")
    assert "Checkout answers with errors" in shown.text
    shown.child.send("q")
    left(shown)


def test_after_a_record_that_vanished_comes_the_next(board: Open, record: Path, run: Run) -> None:
    shown = board()
    record.unlink()
    shown.shows("! The record is gone")
    run("start", "Search is slow", "--severity", "sev3")
    shown.until(lambda: "Search is slow" in shown.text and "!" not in shown.text)


def test_a_second_incident_and_the_end_of_both(board: Open, run: Run, record: Path) -> None:
    shown = board()
    run("start", "Search is slow", "--severity", "sev3")
    shown.shows("2 incidents are open")
    run("cancel", "--reason", "x", "--incident", record.stem)
    shown.until(lambda: "Search is slow" in shown.text.splitlines()[1])
    run("cancel", "--reason", "x")
    shown.shows("No incident is open")
    shown.child.send("q")
    left(shown)


def test_the_modes_of_the_terminal_are_as_they_were(root: Path) -> None:
    script = f"echo modes $(stty -g); {INC} -C {root} status --watch; echo left with $?, modes $(stty -g)"
    shown = Terminal(["sh", "-c", script])
    shown.shows("q quits")
    shown.child.send("q")
    assert shown.end() == 0
    assert b"left with 0" in shown.raw
    before, after = re.findall(rb"modes ([0-9a-f:]+)", shown.raw)
    assert before == after


def test_stopped_and_brought_back(root: Path) -> None:
    shown = Terminal(["bash", "--norc", "--noprofile", "-i"], env={"PS1": "here: "})
    shown.shows("here:")
    shown.child.sendline(f"{INC} -C {root} status --watch")
    shown.shows("q quits")
    shown.child.send("\x1a")
    shown.until(lambda: shown.raw.count(MAIN) == 1 and b"Stopped" in shown.raw)
    shown.screen.reset()
    shown.child.sendline("fg")
    shown.shows("q quits")
    shown.child.send("q")
    shown.until(lambda: shown.raw.count(MAIN) == 2)
    shown.child.sendline("echo status $?; exit")
    shown.until(lambda: b"status 0" in shown.raw)
    assert shown.end() == 0
