"""`inc unconflict`: a file that a merge without the driver left with markers is mended by what both sides say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clones import Clone, clones, run
from incidentbook.merge import UnweavableError
from incidentbook.merge.by_lines import merge_text
from incidentbook.merge.conflicted import mend, sides
from kb import Inc

PATH = "incidents/2025/INC-2025-001.yml"
RECORD = "id: x\ntitle: T\ntimeline:\n  - {id: t1, at: 2025-01-15T02:30:00Z, text: a}\n"
ONE = "  - {id: t2, at: 2025-01-15T02:50:00Z, text: b}\n"
OTHER = "  - {id: t3, at: 2025-01-15T02:40:00Z, text: c}\n"
UNITED = RECORD + OTHER + ONE


def conflict(ours: str, theirs: str, base: str | None = None, size: int = 7) -> str:
    middle = "" if base is None else f"{'|' * size} 1234567\n{base}"
    return f"{'<' * size} HEAD\n{ours}{middle}{'=' * size}\n{theirs}{'>' * size} branch\n"


@pytest.mark.parametrize("size", [7, 4, 15])
@pytest.mark.parametrize("base", [None, ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_both_entries_stand_in_the_order_of_time(size: int, base: str | None, newline: str) -> None:
    text = (RECORD + conflict(ONE, OTHER, base, size)).replace("\n", newline)
    result = mend(text, None, merge_text)
    assert result.conflicts == ()
    assert result.text == UNITED.replace("\n", newline)


def test_what_was_deleted_stays_so_where_the_base_is_known() -> None:
    first = "  - {id: t1, at: 2025-01-15T02:30:00Z, text: a}\n"
    text = "id: x\ntimeline:\n" + conflict(ONE, first + OTHER, first)
    assert mend(text, None, merge_text).text == f"id: x\ntimeline:\n{OTHER}{ONE}"


def test_what_only_people_can_decide_stays_on_its_field() -> None:
    text = "id: x\n" + conflict("title: A\nseverity: sev1\n", "title: B\nseverity: sev1\n")
    result = mend(text, None, merge_text)
    assert result.conflicts == ("title",)
    assert result.text == "id: x\n<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\nseverity: sev1\n"
    assert mend(result.text, None, merge_text) == result


def test_a_conflict_within_a_conflict_is_settled_first() -> None:
    inner = conflict(ONE, OTHER, size=7)
    more = "  - {id: t4, at: 2025-01-15T02:55:00Z, text: d}\n"
    assert mend(RECORD + conflict(inner, more), None, merge_text).text == UNITED + more
    assert mend(RECORD + conflict(conflict(ONE, OTHER, size=9), more), None, merge_text).text == UNITED + more
    assert mend(RECORD + conflict(ONE, OTHER, conflict("", "", size=9)), None, merge_text).text == UNITED


@pytest.mark.parametrize("text", ["a: 1\n<<<<<<< HEAD\nb: 1\n", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n"])
def test_a_conflict_without_an_end_is_refused(text: str) -> None:
    with pytest.raises(UnweavableError, match="the conflict on line 2 has no end"):
        mend(text, None, merge_text)


def test_a_rule_of_markdown_is_no_marker() -> None:
    text = "Title\n=======\n\n>>>>>>> quoted\n"
    assert sides(text) == (text, text, text, False, 0)


def test_postmortems_keep_in_the_prose_what_only_people_can_decide() -> None:
    head = "---\nid: x\nitems:\n"
    text = head + conflict("  - {id: a}\n", "  - {id: b}\n") + "---\n# Text\n" + conflict("One.\n", "Two.\n")
    result = mend(text, None, merge_text, markdown=True)
    assert result.text.startswith(f"{head}  - {{id: a}}\n  - {{id: b}}\n---\n# Text\n<<<<<<< ours\nOne.\n")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone without the driver, in the midst of a merge."""
    (made,) = clones(tmp_path, {PATH: RECORD}, "a")
    for branch, line in (("other", OTHER), ("main", ONE)):
        made.git("checkout", "--quiet", *(["-b"] if branch == "other" else []), branch)
        (made.root / PATH).write_text(RECORD + line, encoding="utf-8")
        made.git("commit", "--quiet", "--all", "--message", branch)
    assert run(made.root, "git", "merge", "other").returncode == 1
    return made


def test_a_merge_goes_on_once_it_is_added(clone: Clone) -> None:
    assert clone.inc("unconflict", "--add", PATH) == f"{PATH}: 1 conflict merged, and added\n"
    assert clone.text(PATH) == UNITED
    clone.git("commit", "--quiet", "--no-edit")
    assert clone.git("status", "--porcelain") == ""


def test_nothing_is_added_unless_asked(clone: Clone) -> None:
    assert clone.inc("unconflict", PATH) == f"{PATH}: 1 conflict merged\n"
    assert clone.git("status", "--porcelain") == f"UU {PATH}\n"
    assert clone.inc("unconflict", "--add", PATH) == f"{PATH}: holds no conflict, and added\n"


def test_the_base_is_taken_from_the_index(clone: Clone) -> None:
    clone.git("merge", "--abort")
    gone = "  - {id: t1, at: 2025-01-15T02:30:00Z, text: a}\n"
    (clone.root / PATH).write_text(RECORD.replace(gone, ONE), encoding="utf-8")
    clone.git("commit", "--quiet", "--all", "--message", "gone")
    assert run(clone.root, "git", "merge", "other").returncode == 1
    clone.inc("unconflict", PATH)
    assert clone.text(PATH) == RECORD.replace(gone, OTHER + ONE)


def test_what_is_left_is_named_and_ends_with_1(inc: Inc, tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text("id: x\n" + conflict("title: A\n", "title: B\n"), encoding="utf-8")
    result = inc("unconflict", "--add", str(file))
    assert result.status == 1
    assert result.out == f"{file}: 1 conflict merged as far as that goes; left:\n  both sides changed title\n"
    told = json.loads(inc("unconflict", "--json", str(file)).out)
    assert (told[0]["left"], told[0]["added"]) == (["title"], False)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff", "it is not UTF-8"),
        (b"<<<<<<< a\nx: [\n=======\nx: 1\n>>>>>>> b\n", "ours, line 2"),
        (b"<<<<<<< a\n", "no end"),
    ],
)
def test_what_cannot_be_read_is_left_as_it_is(inc: Inc, tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(content)
    result = inc("unconflict", str(file))
    assert result.status == 1
    assert "left as it is: " in result.out
    assert why in result.out
    assert file.read_bytes() == content


def test_a_file_that_is_not_there_is_named(inc: Inc, tmp_path: Path) -> None:
    result = inc("unconflict", str(tmp_path / "none.yml"))
    assert result.status == 2
    assert "There is no file" in result.err
