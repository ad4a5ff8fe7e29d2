"""``inc check --prose``: any Markdown file, its language only, without a knowledge base."""

from __future__ import annotations

import json
from pathlib import Path

from incidentbook import files
from incidentbook.errors import CLEAN, FINDINGS, USAGE
from kb import Inc


def test_language_is_checked_and_nothing_else(tmp_path: Path, inc: Inc) -> None:
    path = tmp_path / "draft.md"
    path.write_text("# Notes\n\nThe engineer forgot it. [gone](gone.md)\n", encoding="utf-8")
    result = inc("check", "--prose", "--json", str(path), root=tmp_path)
    (found,) = json.loads(result.out)["findings"]
    assert result.status == FINDINGS
    assert (found["code"], found["line"], found["column"]) == ("IB801", 3, 14)
    assert inc("check", "--prose", "--ignore", "blame", str(path), root=tmp_path).status == CLEAN
    assert inc("check", "--prose", "--exit-zero", str(path), root=tmp_path).status == CLEAN


def test_a_name_is_found_by_the_rule_about_names(tmp_path: Path, inc: Inc) -> None:
    path = tmp_path / "draft.md"
    path.write_text("The alert rang and @jdoe restarted the primary.\n", encoding="utf-8")
    assert "IB804" in inc("check", "--prose", str(path), root=tmp_path).out


def test_a_clean_text(tmp_path: Path, inc: Inc) -> None:
    path = tmp_path / "draft.md"
    path.write_text("The certificate expired.\n", encoding="utf-8")
    result = inc("check", "--prose", str(path), root=tmp_path)
    assert (result.status, result.out) == (CLEAN, "checked 1 text: no findings\n")


def test_it_needs_files(tmp_path: Path, inc: Inc) -> None:
    assert inc("check", "--prose", root=tmp_path).status == USAGE
    result = inc("check", "--prose", str(tmp_path / "none.md"), root=tmp_path)
    assert result.status == USAGE
    assert "There is no file" in result.err


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, inc: Inc) -> None:
    path = tmp_path / "draft.md"
    with path.open("wb") as file:
        file.truncate(files.MAX_SIZE + 1)
    result = inc("check", "--prose", str(path), root=tmp_path)
    assert (result.status, result.out) == (FINDINGS, "")
    assert f"error: {path}: The file is larger than 5 MB, so it is not read\n" in result.err
