"""The benchmark runs: both tools name the planted records and no other, whatever rules have come since."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_both_tools_agree_on_what_is_bad() -> None:
    command = [sys.executable, "benchmarks/check.py", "--records", "130", "--rounds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    first, *_, ours, _, _, _ = done.stdout.splitlines()
    assert first.startswith("130 records of 7."), first
    assert ", 1 of them bad; both name the same ones" in first
    assert ours.split()[:2] == ["inc", "check"]
    assert ours.endswith(" x")
