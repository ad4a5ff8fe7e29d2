"""`inc check --fix` and `--diff`: what is written, what is said, and what is left alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook.cli import _check_fix
from incidentbook.errors import CLEAN, FINDINGS, USAGE
from incidentbook.rules.fixing import Result as Mended
from kb import Inc, change

RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
CLEAN_LINE = "checked 1 record, 1 post-mortem, 1 playbook, 5 policy files: no findings\n"


def spoil(root: Path) -> dict[str, bytes]:
    """Write three values as no schema has them, and return what the files held before."""
    before = {path: (root / path).read_bytes() for path in (RECORD, POSTMORTEM)}
    change(root, RECORD, "severity: sev1", "severity: SEV-1  # the worst")
    change(root, RECORD, "detected: 2025-01-15T02:32:00Z", 'detected: "2025-01-15 02:32Z"')
    change(root, POSTMORTEM, "status: published", "status: Published")
    return before


def state(root: Path) -> dict[str, bytes]:
    found = {
        path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".incidentbook" not in path.parts
    }
    return {path.relative_to(root).as_posix(): data for path, data in found.items()}


def test_the_report_says_what_can_be_mended(kb: Path, inc: Inc) -> None:
    spoil(kb)
    out = inc("check", root=kb).out
    assert f"{RECORD}:4:11: error IB104 unknown-value [*]\n" in out
    assert out.endswith("\n[*] 3 fixable with `inc check --fix`; --diff shows how\n")


@pytest.mark.parametrize("cache", ["--cache", "--no-cache"])
def test_mended_and_clean(kb: Path, inc: Inc, cache: str) -> None:
    before = spoil(kb)
    inc("check", cache, root=kb)
    result = inc("check", "--fix", cache, root=kb)
    assert (result.status, result.err) == (CLEAN, "")
    assert result.out == (
        f"mended {RECORD}:4: IB104 Write `sev1`\n"
        f"mended {RECORD}:10: IB202 Write `2025-01-15T02:32:00Z`\n"
        f"mended {POSTMORTEM}:3: IB104 Write `published`\n\n{CLEAN_LINE}"
    )
    text = (kb / RECORD).read_bytes()
    assert text == before[RECORD].replace(b"sev1", b"sev1  # the worst").replace(
        b"detected: 2025-01-15T02:32:00Z", b'detected: "2025-01-15T02:32:00Z"'
    )
    assert (kb / POSTMORTEM).read_bytes() == before[POSTMORTEM]
    again = state(kb)
    assert inc("check", "--fix", cache, root=kb).out == CLEAN_LINE
    assert state(kb) == again


def test_the_diff_writes_nothing_and_git_makes_the_same_of_it(kb: Path, inc: Inc) -> None:
    spoil(kb)
    change(kb, RECORD, "playbooks: [availability/database-failover]\n", "exercise: no")  # no line end at the end
    record = kb / RECORD
    record.write_bytes(b"\xef\xbb\xbf" + record.read_bytes().replace(b"\n", b"\r\n"))
    before = state(kb)
    result = inc("check", "--diff", root=kb)
    assert result.status == FINDINGS
    assert result.err == "`inc check --fix` mends 4 findings in 2 files\n"
    assert "-severity: SEV-1  # the worst\r\n+severity: sev1  # the worst\r\n" in result.out
    assert "\\ No newline at end of file\n" in result.out
    assert state(kb) == before
    subprocess.run(["git", "init", "-q", "."], cwd=kb, check=True)
    subprocess.run(["git", "apply", "-"], cwd=kb, input=result.out.encode(), check=True)
    shutil.rmtree(kb / ".git")
    applied = state(kb)
    for path, data in before.items():
        (kb / path).write_bytes(data)
    assert inc("check", "--fix", root=kb).status == CLEAN
    assert state(kb) == applied


def test_nothing_to_mend(kb: Path, inc: Inc) -> None:
    result = inc("check", "--diff", root=kb)
    assert (result.status, result.out, result.err) == (CLEAN, "", "there is nothing that `inc check --fix` mends\n")


def test_a_diff_on_a_terminal_is_coloured_and_steers_nothing(
    kb: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(kb)
    change(kb, RECORD, "type: availability", "type: availability  # \u202e")
    assert "\x1b" not in inc("check", "--diff", root=kb).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = inc("check", "--diff", root=kb).out
    assert "\x1b[31m-severity: SEV-1  # the worst\x1b[0m\n\x1b[32m+severity: sev1  # the worst\x1b[0m\n" in out
    assert "\u202e" not in out


def test_paths_and_rules_narrow_what_is_mended(kb: Path, inc: Inc) -> None:
    spoil(kb)
    before = state(kb)
    assert inc("check", "--fix", "postmortems", root=kb).status == CLEAN
    assert [path for path, data in state(kb).items() if data != before[path]] == [POSTMORTEM]
    assert inc("check", "--fix", "--select", "IB202", root=kb).status == CLEAN
    assert "IB104 unknown-value [*]" in inc("check", root=kb).out


def test_what_is_left_is_reported_and_no_longer_called_fixable(kb: Path, inc: Inc) -> None:
    change(kb, RECORD, "level: outage, from: 2025-01-15T02:30:00Z", "level: outage, from: 2025-01-15T05:30:00")
    before = state(kb)
    result = inc("check", "--fix", root=kb)
    assert result.status == FINDINGS
    assert result.out.startswith(
        f"left {RECORD}:17: IB202 Write `2025-01-15T05:30:00+00:00`\n  because IB203 would be found instead: Phase `p1` ends"
    )
    assert "IB202 unreadable-time\n" in result.out
    assert "fixable" not in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert state(kb) == before


def test_a_fix_is_judged_by_rules_that_were_not_chosen(kb: Path, inc: Inc) -> None:
    change(kb, RECORD, "level: outage, from: 2025-01-15T02:30:00Z", "level: outage, from: 2025-01-15T05:30:00")
    assert "because IB203 would" in inc("check", "--fix", "--select", "IB202", root=kb).out


@pytest.mark.parametrize(
    ("spoilt", "old"),
    [("disclosure: Public", "disclosure: public"), ("Disclosure: public", "disclosure: public")],
)
def test_who_may_read_a_record_is_never_changed(kb: Path, inc: Inc, spoilt: str, old: str) -> None:
    change(kb, RECORD, old, spoilt)
    before = state(kb)
    assert inc("check", "--fix", root=kb).status == FINDINGS
    assert state(kb) == before


def test_a_private_entry_stays_private(kb: Path, inc: Inc) -> None:
    change(kb, RECORD, "kind: alert, text", "kind: alert, private: no, text")
    before = state(kb)
    assert inc("check", "--fix", root=kb).status == FINDINGS
    assert state(kb) == before


def test_json_holds_the_fixes(kb: Path, inc: Inc) -> None:
    spoil(kb)
    offered = json.loads(inc("check", "--json", root=kb).out)
    text = (kb / RECORD).read_text(encoding="utf-8")
    fix = offered["findings"][0]["fix"]
    (edit,) = fix["edits"]
    assert (fix["title"], edit["text"], text[edit["start"] : edit["end"]]) == ("Write `sev1`", "sev1", "SEV-1")
    assert "fixes" not in offered
    result = inc("check", "--fix", "--json", root=kb)
    done = json.loads(result.out)
    assert [each["title"] for each in done["fixes"]["applied"]] == [
        "Write `sev1`",
        "Write `2025-01-15T02:32:00Z`",
        "Write `published`",
    ]
    assert done["fixes"]["refused"] == done["findings"] == []
    assert result.err.startswith(f"mended {RECORD}:4: IB104 Write `sev1`\n")


def test_a_read_only_file_and_a_link_stay(kb: Path, inc: Inc) -> None:
    spoil(kb)
    (kb / RECORD).chmod(0o444)
    target = kb / "elsewhere.md"
    (kb / POSTMORTEM).rename(target)
    (kb / POSTMORTEM).symlink_to(target)
    before = state(kb)
    result = inc("check", "--fix", root=kb)
    assert result.status == FINDINGS
    assert f"left {RECORD}:4: IB104 Write `sev1`\n  because the file is read-only\n" in result.out
    assert "because the file is a link; mend the one that it leads to\n" in result.out
    assert "mended" not in result.out
    assert state(kb) == before


def test_a_file_that_has_changed_meanwhile_stays(kb: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(kb)
    write: Callable[[Path, Mended], Mended] = _check_fix.write

    def late(root: Path, result: Mended) -> Mended:
        change(kb, RECORD, "title: No booking could be made", "title: Somebody else was quicker")
        return write(root, result)

    monkeypatch.setattr(_check_fix, "write", late)
    result = inc("check", "--fix", root=kb)
    assert result.status == FINDINGS
    assert "because the file has changed meanwhile; run it again\n" in result.out
    assert "title: Somebody else was quicker\nstatus: resolved\nseverity: SEV-1" in (kb / RECORD).read_text(
        encoding="utf-8"
    )
    monkeypatch.setattr(_check_fix, "write", write)
    assert inc("check", "--fix", root=kb).status == CLEAN


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--fix", "--diff"], "give one of the two"),
        (["--diff", "--json"], "--diff prints a diff"),
        (["--fix", "--prose", POSTMORTEM], "nothing for --fix"),
    ],
)
def test_what_does_not_go_together(kb: Path, inc: Inc, arguments: list[str], sentence: str) -> None:
    result = inc("check", *arguments, root=kb)
    assert result.status == USAGE
    assert sentence in " ".join(result.err.split())


def test_of_what_can_be_mended_nothing_is_left_out_however_much_there_is(kb: Path, inc: Inc) -> None:
    entries = "".join(f"  - {{id: e{n}, at: 2025-01-15 02:30:00Z, text: Requests fail}}\n" for n in range(600))
    change(kb, RECORD, "timeline:\n", f"timeline:\n{entries}")
    result = inc("check", "--fix", root=kb)
    assert result.status == CLEAN
    assert "2025-01-15 02:30:00Z" not in (kb / RECORD).read_text(encoding="utf-8")
