"""What is on file of the rules' findings is what a whole run sees."""

from __future__ import annotations

from pathlib import Path

import pytest

import on_file
from incidentbook.finding import Finding, Grade
from incidentbook.span import Span


def test_what_nobody_sees_any_more_goes_away_with_a_whole_run_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("FOLDER", tmp_path), ("_lines", {}), ("_seen", {})):
        monkeypatch.setattr(on_file, name, value)
    (tmp_path / "IB101.txt").write_text("a stale line\n", encoding="utf-8")
    (tmp_path / "IB102.txt").write_text("of a rule that is gone\n", encoding="utf-8")
    found = Finding("IB101", "missing-key", "policy/actions.yml", Span(), "It is missing", "Add it.", Grade.ERROR)
    on_file.compare([found], update=True)
    assert (tmp_path / "IB101.txt").read_text("utf-8") == f"a stale line\n{on_file.told(found)}\n"
    on_file.write_anew()
    assert (tmp_path / "IB101.txt").read_text("utf-8") == f"{on_file.told(found)}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["IB101.txt"]
