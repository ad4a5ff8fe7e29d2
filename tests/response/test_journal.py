"""Undo: the last write of a checkout, and only where nothing else would be lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from incidentbook.errors import EditError, NotFoundError
from incidentbook.response import draft, journal
from incidentbook.writer import write_text
from kb import write

PATH = "incidents/2025/INC-2025-001.yml"
OTHER = "incidents/2025/INC-2025-002.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, {PATH: "id: INC-2025-001 # ours\ntitle: One\nstatus: declared\n"})


def title(root: Path, text: str) -> None:
    with draft.changing(root, PATH, f"title {text}") as record:
        record.set(("title",), text)


def test_each_undo_takes_one_write_back(root: Path) -> None:
    before = (root / PATH).read_bytes()
    title(root, "Two")
    title(root, "Three")
    assert journal.undo(root).what == "title Three"
    assert "title: Two\n" in (root / PATH).read_text(encoding="utf-8")
    assert journal.undo(root).what == "title Two"
    assert (root / PATH).read_bytes() == before
    with pytest.raises(NotFoundError, match="There is nothing to undo in this checkout"):
        journal.undo(root)


def test_a_new_record_is_removed(root: Path) -> None:
    draft.create(root, "incidents/2025/INC-2025-002.yml", "id: INC-2025-002\n", "inc start")
    assert journal.undo(root).writes[0].before is None
    assert not (root / "incidents/2025/INC-2025-002.yml").exists()


def test_what_somebody_wrote_since_is_not_lost(root: Path) -> None:
    title(root, "Two")
    with (root / PATH).open("a", encoding="utf-8") as file:
        file.write("summary: By hand\n")
    with pytest.raises(EditError, match="has changed since “title Two”"):
        journal.undo(root)
    assert "summary: By hand" in (root / PATH).read_text(encoding="utf-8")


def test_a_write_that_was_never_made_is_passed_over(root: Path) -> None:
    title(root, "Two")
    text = (root / PATH).read_text(encoding="utf-8")
    journal.note(root, "killed", [journal.Write(PATH, text, text + "# more\n")])
    assert journal.undo(root).what == "title Two"


def test_an_error_in_a_change_leaves_the_record_and_no_note(root: Path) -> None:
    before = (root / PATH).read_bytes()
    with pytest.raises(EditError), draft.changing(root, PATH, "broken") as record:  # noqa: PT012 - the second one fails
        record.set(("title",), "Two")
        record.set(("title", "of"), "Three")
    assert (root / PATH).read_bytes() == before
    with pytest.raises(NotFoundError):
        journal.undo(root)


def both(root: Path, text: str) -> None:
    with draft.changing_together(root, [PATH, OTHER], f"both {text}") as records:
        for record in records:
            record.set(("title",), text)


@pytest.fixture
def two(root: Path) -> Path:
    return write(root, {OTHER: "id: INC-2025-002\ntitle: Two\nstatus: declared\n"})


def texts(root: Path) -> list[str]:
    return [(root / path).read_text(encoding="utf-8") for path in (PATH, OTHER)]


def test_two_files_are_taken_back_together(two: Path) -> None:
    before = texts(two)
    both(two, "Same")
    assert all("title: Same\n" in text for text in texts(two))
    assert [write.path for write in journal.undo(two).writes] == [PATH, OTHER]
    assert texts(two) == before


def test_a_process_that_was_killed_between_two_files_is_taken_back(two: Path) -> None:
    before = texts(two)
    both(two, "Same")
    (two / OTHER).write_text(before[1], encoding="utf-8")  # as if it had not come that far
    assert journal.undo(two).what == "both Same"
    assert texts(two) == before


def test_a_disk_that_is_full_between_two_files(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(two)

    def until_the_second(path: Path, text: str) -> None:
        if path.name == Path(OTHER).name:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_text(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(draft, "write_text", until_the_second)
        with pytest.raises(OSError, match="No space left"):
            both(two, "Same")
    assert ["title: Same\n" in text for text in texts(two)] == [True, False]
    assert journal.undo(two).what == "both Same"
    assert texts(two) == before


def test_neither_of_two_is_taken_back_where_one_has_changed_since(two: Path) -> None:
    both(two, "Same")
    (two / OTHER).write_text("id: INC-2025-002\ntitle: By hand\n", encoding="utf-8")
    before = texts(two)
    with pytest.raises(EditError, match=r"INC-2025-002\.yml has changed since “both Same”"):
        journal.undo(two)
    assert texts(two) == before


def test_an_error_leaves_both_as_they_were(two: Path) -> None:
    before = texts(two)
    with pytest.raises(EditError), draft.changing_together(two, [PATH, OTHER], "broken") as (first, second):  # noqa: PT012
        first.set(("title",), "Same")
        second.set(("title", "of"), "Same")
    assert texts(two) == before


def test_twenty_are_kept(root: Path) -> None:
    for number in range(25):
        title(root, f"T{number}")
    assert len(list((root / ".incidentbook" / "undo").iterdir())) == 20


def test_a_note_that_cannot_be_read_is_named(root: Path) -> None:
    title(root, "Two")
    (note,) = (root / ".incidentbook" / "undo").iterdir()
    note.write_text("{", encoding="utf-8")
    with pytest.raises(EditError, match="cannot be read, so nothing was undone"):
        journal.undo(root)
