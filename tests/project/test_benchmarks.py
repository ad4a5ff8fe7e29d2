"""The benchmark runs: all three tools name the planted records and no other, whatever rules have come since."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import node_tools

ROOT = Path(__file__).resolve().parents[2]


def test_all_three_tools_agree_on_what_is_bad() -> None:
    if reason := node_tools.want():
        node_tools.go_without("test_all_three_tools_agree_on_what_is_bad", "node", reason)
    command = [sys.executable, "benchmarks/check.py", "--records", "63", "--rounds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(
        r"63 and 315 records of 7\.\d KB, 1 and 3 of them bad; all three tools name the same ones\n", done.stdout
    )
    assert len(re.findall(r"\d\.\d\d x", done.stdout)) == 8, done.stdout
