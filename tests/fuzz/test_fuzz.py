"""The fuzz targets for a short time, on the same files on every machine; `make fuzz` runs them for longer and on others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS
from fuzz.texts import NAMES, File, damage, make, read
from kb import ROOT

EXAMPLES = {"checker": 40, "cached": 30}
FOUND = {  # what a target has found and stays mended
    "items two blanks apart, which crashed libyaml": File("policy/factors.yml", "-  " * 3000 + "x"),
    "keys two blanks apart": File("policy/factors.yml", "?  " * 3000 + "x"),
    "a bracket open at an end without a line end": File("policy/factors.yml", "a: >+\n  b\nc: {d: [e"),
    "a byte-order mark at the start of a line": File("policy/factors.yml", "# last\n\ufeff' x'\n"),
    "places behind a line end of YAML 1.1": File("policy/factors.yml", "a: 1\u2028b:\u2028  c: [\x85d"),
    "no data behind a directive": File("policy/factors.yml", "%YAML 1.2\n---"),
    "a line end behind a time zone": File(NAMES[-1], "time_zone: |\n  Europe/Lisbon\n"),
    "active HTML in data that is one text": File("policy/knowledge-base.yml", "effe|\nc-<script>ap"),
    "a byte that is no UTF-8": File("incidents/2025/INC-2025-001.yml", "id: x\udcffy\n"),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name: str, target: str) -> None:
    for path in ("policy/knowledge-base.yml", FOUND[name].name):
        TARGETS[target](File(path, FOUND[name].text))


@pytest.mark.no_cover
@pytest.mark.parametrize("target", TARGETS)
def test_any_file(target: str) -> None:
    @settings(max_examples=EXAMPLES.get(target, 300), suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def holds(random: Random) -> None:
        TARGETS[target](make(random))

    holds()


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_damaged_text_is_what_a_file_can_hold(random: Random) -> None:
    text = damage(random, read("policy/services.yml"))
    assert text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") == text


def test_a_failing_file_is_kept_and_can_be_run_again(tmp_path: Path) -> None:
    kept = tmp_path / "loader" / "0123" / "policy" / "services.yml"
    kept.parent.mkdir(parents=True)
    kept.write_text(read("policy/services.yml"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "fuzz" / "run.py"), "--replay", str(kept)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{kept}: loader holds\n", "")
