"""Another number for an incident: everything that names it follows, and everything else stays byte for byte."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest

from incidentbook import files
from incidentbook.errors import EditError, IncidentbookError, NotFoundError, UnreadableError
from incidentbook.response import renumber
from kb import Inc, change, incident, write

OLD, NEW = "INC-2025-004", "INC-2025-009"
RECORD, MOVED = f"incidents/2025/{OLD}.yml", f"incidents/2025/{NEW}.yml"
REVIEW, MOVED_REVIEW = f"postmortems/2025/{OLD}.md", f"postmortems/2025/{NEW}.md"
COPY = "incidents/2025/INC-2025-007.yml"  # of the record, and it kept the id
BOOK = "playbooks/availability/failover.md"


def text_of(incident_id: str) -> dict[str, str]:
    """Return a knowledge base's files in which an incident has the number ``incident_id``."""
    return {
        f"incidents/2025/{incident_id}.yml": (
            "# yaml-language-server: $schema=../../schemas/incident.schema.json\n"
            f"id:   {incident_id}  # {incident_id} as support calls it, not INC-2025-0041\n"
            "title: Checkout fails\nstatus: declared\nseverity: sev2\n"
            "milestones: {started: 2025-01-10T00:00:00Z}\n"
            f"timeline:\n  - {{id: a, at: 2025-01-10T00:00:00Z, text: See {incident_id}}}\n"
        ),
        f"postmortems/2025/{incident_id}.md": (
            f"---\nincidents: [{incident_id}]\nstatus: draft\naction_items:\n"
            f"  - {{id: AI-2025-004-1, title: Alert, status: proposed}}\n---\n\n# {incident_id}\n\nSee `{incident_id}`.\n"
        ),
        "incidents/2025/INC-2025-005.yml": (
            "id: INC-2025-005\ntitle: The same\nstatus: merged\nseverity: sev3\n"
            "milestones: {started: 2025-01-10T00:00:00Z}\r\n"
            f"links:\n  related: [{incident_id}, INC-2025-004-b]\n  duplicate_of: {incident_id}\n  merged_into: '{incident_id}'\n"
        ),
        BOOK: f"---\ntitle: Failover\n---\n\nLearnt in {incident_id}, https://wiki.example/INC-2025-004.\n",
        "policy/severities.yml": f"# as {incident_id} showed\nseverities: {{}}\n",
        files.BASELINE: f"IB101 incidents/2025/{incident_id}.yml 1\n",
    }  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "kb", text_of(OLD))


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_everything_that_names_it_follows(root: Path, tmp_path: Path) -> None:
    decided = renumber.renumber(root, OLD, NEW)
    assert contents(root) == contents(write(tmp_path / "expected", text_of(NEW)))
    assert [(file.path, file.to) for file in decided.files if file.to != file.path] == [
        (RECORD, MOVED),
        (REVIEW, MOVED_REVIEW),
    ]
    left = [(file.path, each.line, each.left) for file in decided.files for each in file.mentions if each.left]
    assert left == [(BOOK, 5, "an address outside the knowledge base")]


def test_there_and_back(root: Path) -> None:
    before = contents(root)
    renumber.renumber(root, OLD, NEW)
    renumber.renumber(root, NEW, OLD)
    assert contents(root) == before


def test_the_next_free_number_is_taken(root: Path) -> None:
    assert renumber.renumber(root, OLD).new == "INC-2025-006"


def test_deciding_writes_nothing(root: Path) -> None:
    before = contents(root)
    renumber.plan(root, OLD)
    assert contents(root) == before


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("INC-2025-404", "", NotFoundError, "There is no incident INC-2025-404"),
        ("INC-25", "", NotFoundError, "'INC-25' is no incident id"),
        (OLD, "INC-2025", IncidentbookError, "'INC-2025' is no incident id"),
        (OLD, OLD, IncidentbookError, f"It is {OLD} already"),
        (OLD, "INC-2025-005", IncidentbookError, "incidents/2025/INC-2025-005.yml is there already"),
    ],
)
def test_what_is_refused(root: Path, old: str, new: str, error: type[Exception], message: str) -> None:
    before = contents(root)
    with pytest.raises(error, match=message):
        renumber.renumber(root, old, new)
    assert contents(root) == before


@pytest.mark.parametrize("path", [MOVED, MOVED_REVIEW])
def test_no_file_is_written_over(root: Path, path: str) -> None:
    write(root, {path: "# a note\n"})
    before = contents(root)
    with pytest.raises(EditError, match=f"{path} is there already; nothing was written"):
        renumber.renumber(root, OLD, NEW)
    assert contents(root) == before


def test_a_record_with_a_conflict_is_not_moved(root: Path) -> None:
    (root / RECORD).write_text("<<<<<<< ours\nid: INC-2025-004\n=======\nid: INC-2025-004\n>>>>>>> theirs\n", "utf-8")
    with pytest.raises(UnreadableError, match="cannot be read, so nothing was moved"):
        renumber.renumber(root, OLD)


def test_a_file_that_cannot_be_read_is_named(root: Path) -> None:
    (root / "incidents/2025/INC-2025-006.yml").write_bytes(b"id: \xff\n")
    assert renumber.renumber(root, OLD, NEW).unread == ("incidents/2025/INC-2025-006.yml",)


@pytest.fixture
def copied(root: Path) -> Path:
    return write(root, {COPY: incident(4, title="Search is slow", links={"related": [OLD]})})


def test_it_has_to_be_said(copied: Path) -> None:
    with pytest.raises(IncidentbookError, match=f"2 records have the number {OLD}: {RECORD}, {COPY}") as caught:
        renumber.renumber(copied, OLD)
    assert caught.value.hint == f"Say which of them moves: --file {COPY}."


def test_a_copy_takes_the_number_that_its_file_has(copied: Path, inc: Inc) -> None:
    before = contents(copied)
    decided = renumber.renumber(copied, OLD, file=COPY)
    assert decided.new == "INC-2025-007"
    change(copied, COPY, "INC-2025-007", OLD)
    assert contents(copied) == before, "only its id has changed"
    left = {file.path: {each.left for each in file.mentions if each.left} for file in decided.files}
    assert left[COPY] == {"a link of one record leads to the other"}
    assert left[REVIEW] == left[BOOK] == {"it names the record that keeps the number"}
    change(copied, COPY, f"id: {OLD}", "id: INC-2025-007")
    assert "IB303" not in inc("check", root=copied).out


def test_the_one_that_is_called_so_moves_and_its_references_stay(copied: Path) -> None:
    decided = renumber.renumber(copied, OLD, NEW, file=RECORD)
    assert not (copied / RECORD).exists()
    assert (copied / MOVED).read_text("utf-8") == text_of(NEW)[MOVED]
    assert (copied / REVIEW).is_file()
    assert [(file.path, file.to) for file in decided.files if file.path != file.to] == [(RECORD, MOVED)]


def test_the_post_mortem_that_is_called_like_the_copy_goes_with_it(copied: Path) -> None:
    review = "postmortems/2025/INC-2025-007.md"
    write(copied, {review: {"incidents": [OLD], "status": "draft"}})
    renumber.renumber(copied, OLD, NEW, file=COPY)
    assert NEW in (copied / MOVED_REVIEW).read_text("utf-8")
    assert OLD in (copied / REVIEW).read_text("utf-8")
    assert not (copied / review).exists()


def test_a_link_to_the_record_is_not_moved(root: Path) -> None:
    (root / COPY).symlink_to(root / RECORD)
    before = contents(root)
    with pytest.raises(EditError, match=r"INC-2025-007\.yml is a link to another file"):
        renumber.renumber(root, OLD, file=COPY)
    assert contents(root) == before


def test_another_file(copied: Path) -> None:
    with pytest.raises(NotFoundError, match=r"INC-2025-005\.yml holds no incident INC-2025-004"):
        renumber.renumber(copied, OLD, file="incidents/2025/INC-2025-005.yml")


def test_an_error_puts_everything_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(root)
    decided = renumber.plan(root, OLD, NEW)
    for fails in range(len(decided.files)):
        written = 0

        def write_text(path: Path, text: str, fails: int = fails) -> None:
            nonlocal written
            written += 1
            if written == fails + 1:
                raise OSError(28, "No space left on device")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))

        monkeypatch.setattr(renumber, "write_text", write_text)
        with pytest.raises(OSError, match="No space left"):
            renumber.apply(root, decided)
        assert contents(root) == before


def test_a_killed_run_goes_on_where_it_ended(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was written and taken away by then, the same command ends it."""

    class Killed(BaseException):
        pass

    begun, eight = tmp_path / "begun", {"incidents/2025/INC-2025-008.yml": incident(8)}
    expected = contents(write(tmp_path / "expected", text_of(NEW) | eight))
    shutil.copytree(write(root, eight), begun)
    write_text, unlink = renumber.write_text, Path.unlink
    steps = ended = 0
    while not ended:
        shutil.rmtree(root)
        shutil.copytree(begun, root)
        left = steps

        def step() -> None:
            nonlocal left
            if not left:
                raise Killed
            left -= 1

        with monkeypatch.context() as patch:
            patch.setattr(renumber, "write_text", lambda path, text: (step(), write_text(path, text)))
            patch.setattr(Path, "unlink", lambda path: (step(), unlink(path)))
            with contextlib.suppress(Killed):
                renumber.renumber(root, OLD, NEW)
                ended = steps
        if not ended:
            renumber.renumber(root, OLD, NEW if steps % 2 else "")
        assert contents(root) == expected
        steps += 1
    assert ended == 8, "six files are written, and two taken away"
