"""The corpus: what each bad file is answered with, and that the answer comes soon, in little memory and without a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import builders, cases
from corpus.cases import Case
from incidentbook.rules import discover
from kb import Inc

CASES = cases.every()
BUILT = [case for case in CASES if case.is_built]
MEGABYTE = 1_000_000
PEAK = 500 * MEGABYTE
USUAL = 0.5  # CPU seconds of a check that finds next to nothing
FEWEST = 150


def named(found: list[Case]) -> list[object]:
    # those that are built are large: coverage makes them ten times as slow, and each line has a small case, too
    large = pytest.mark.no_cover
    return [pytest.param(case, id=case.name, marks=large if case.is_built else ()) for case in found]


@pytest.mark.parametrize("case", named(CASES))
def test_answer(
    case: Case, inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(case.lay(tmp_path / "kb"))
    result = inc("check", "--no-cache", "--json", root=Path())
    told = cases.told(result)
    if request.config.getoption("--update-goldens"):
        case.rewrite(told)
    else:
        assert told == case.expect, f"{case.name}: if this is better than before, --update-goldens writes it"
        assert result.status == case.status
    assert not (result.out and result.err)


@pytest.mark.parametrize("case", named([case for case in CASES if not case.is_built]))
def test_report_for_people_sends_no_control_character_to_the_terminal(
    case: Case, inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.lay(tmp_path / "kb"))
    result = inc("check", "--no-cache", root=Path())
    assert is_plain(result.out)
    assert result.status == case.status


def is_plain(text: str) -> bool:
    """Whether a terminal shows ``text`` and obeys none of it."""
    return all(character == "\n" or character.isprintable() for character in text)


@dataclass(frozen=True, slots=True)
class Run:
    """What a process of its own took: CPU seconds, and bytes at its peak."""

    status: int
    said: str
    cpu: float
    peak: int


# Linux counts the memory of whoever starts a process as its own, so a small one starts it. What hangs is ended.
_LAUNCHER = """
import json, os, subprocess, sys, threading
with open(sys.argv[1], "wb") as out:
    process = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    end = threading.Timer(300, process.kill)
    end.start()
    _, status, used = os.wait4(process.pid, 0)
    end.cancel()
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def run(root: Path) -> Run:
    """Run the real command line on ``root``; a process that hangs is ended, which its status then shows."""
    log = root.with_suffix(".log")
    command = [sys.executable, "-m", "incidentbook", "-C", str(root), "check", "--no-cache"]
    launched = [sys.executable, "-I", "-c", _LAUNCHER, str(log), *command]
    status, cpu, peak = json.loads(subprocess.run(launched, check=True, capture_output=True, text=True).stdout)
    return Run(status, log.read_text("utf-8"), cpu, peak * (1 if sys.platform == "darwin" else 1024))


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a knowledge base with one finding: its check takes what a check takes, whatever it checks."""
    case = next(case for case in CASES if case.name == "schema/unknown-value")
    return case.lay(tmp_path_factory.mktemp("start") / "kb")


@pytest.mark.parametrize("case", named(BUILT))
def test_soon_and_in_little_memory(case: Case, tmp_path: Path, least: Path) -> None:
    """A second of CPU for each megabyte begun, beside what any check takes.

    The bound is half as much again, as CPU seconds of a busy machine are longer; where any check takes more than half a second,
    all are taken for as much longer. A machine changes its pace within a minute: what any check takes is taken beside each run,
    and what takes too long is run three times.
    """
    root = case.lay(tmp_path / "kb")
    size = max(1.0, sum(os.lstat(path).st_size for path in root.rglob("*")) / MEGABYTE)
    over = []
    for _ in range(3):
        start_up, taken = run(least).cpu, run(root)
        assert taken.status == case.status
        assert "Traceback" not in taken.said
        assert is_plain(taken.said)
        assert taken.peak < PEAK, f"{taken.peak / MEGABYTE:.0f} MB"
        if taken.cpu < 1.5 * (start_up + max(1.0, start_up / USUAL) * size):
            return
        over.append(f"{taken.cpu:.1f} s for {size:.1f} MB; any check takes {start_up:.1f} s")
    pytest.fail("\n".join(over))


def test_many_cases_have_a_finding() -> None:
    assert sum(case.expect != "pass\n" for case in CASES) >= FEWEST


def test_every_rule_has_a_case() -> None:
    expected = {word for case in CASES for word in case.expect.split() if word[:1].isupper()}
    assert [rule.code for rule in discover() if rule.code not in expected] == []


def test_names_are_unique_and_every_case_says_why() -> None:
    slugs = [case.name.split("/")[1] for case in CASES]
    assert sorted(slugs) == sorted(set(slugs))
    assert [case.name for case in CASES if not case.says.endswith((".", "?"))] == []


def test_every_builder_is_used() -> None:
    made = {name for name in vars(builders) if not name.startswith("_") and callable(getattr(builders, name))}
    used = {step.builder for case in CASES for step in case.steps if step.builder}
    assert {name for name in made if getattr(builders, name).__module__ == builders.__name__} == used


def test_a_change_that_finds_its_lines() -> None:
    assert cases.changed("a\nb\nc\n", " a\n-b\n+B\n@@\n+d\n") == "a\nB\nc\nd\n"
