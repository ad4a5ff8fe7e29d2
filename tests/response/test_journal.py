"""Undo: the last write of a checkout, and only where nothing else would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidentbook.errors import EditError, NotFoundError
from incidentbook.response import draft, journal
from kb import write

PATH = "incidents/2025/INC-2025-001.yml"


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
    assert journal.undo(root).before is None
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
    journal.note(root, "killed", PATH, text, text + "# more\n")
    assert journal.undo(root).what == "title Two"


def test_an_error_in_a_change_leaves_the_record_and_no_note(root: Path) -> None:
    before = (root / PATH).read_bytes()
    with pytest.raises(EditError), draft.changing(root, PATH, "broken") as record:  # noqa: PT012 - the second one fails
        record.set(("title",), "Two")
        record.set(("title", "of"), "Three")
    assert (root / PATH).read_bytes() == before
    with pytest.raises(NotFoundError):
        journal.undo(root)


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
