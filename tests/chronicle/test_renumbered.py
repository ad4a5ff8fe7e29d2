"""Records that have another number in a later state: what one state would be if they had had it all along."""

from __future__ import annotations

from incidentbook import alterations
from incidentbook.chronicle.renumbered import Renumbered, renumbered
from incidentbook.entry import Entry
from incidentbook.repository import Repository
from kb import Plain, incident, repo


def entries(*ids: str) -> Plain:
    return {
        "title": "Checkout fails",
        "timeline": [{"id": name, "at": "2025-01-10T00:05:00Z", "kind": "alert", "text": "Errors"} for name in ids],
    }


def read(*files: tuple[str, str]) -> Repository:
    """Return a knowledge base whose files were read whole."""
    found = repo()
    for path, text in files:
        found.add(Entry.of_text(path, text))
    return found


def left(found: Renumbered, after: Repository) -> list[tuple[str, str]]:
    return [(edit.name, edit.verb) for edit in alterations.edits(found.repo, after)]


def test_a_number_is_no_edit_and_what_else_changed_is() -> None:
    after = repo(incident(7, **entries("a")), incident(8, severity="sev1", **entries("b")))
    found = renumbered(repo(incident(1, **entries("a")), incident(2, **entries("b"))), after)
    assert found.numbers == [("INC-2025-001", "INC-2025-007"), ("INC-2025-002", "INC-2025-008")]
    assert left(found, after) == [("INC-2025-008", "changed")]


def test_a_number_that_another_record_has_now() -> None:
    after = repo(incident(2, **entries("a")), incident(1, **entries("new")))
    found = renumbered(repo(incident(1, **entries("a"))), after)
    assert found.numbers == [("INC-2025-001", "INC-2025-002")]
    assert left(found, after) == [("INC-2025-001", "added")]


def test_two_that_changed_numbers_with_each_other() -> None:
    after = repo(incident(1, **entries("b")), incident(2, **entries("a")))
    found = renumbered(repo(incident(1, **entries("a")), incident(2, **entries("b"))), after)
    assert len(found.numbers) == 2
    assert left(found, after) == []


def test_one_that_goes_and_another_that_comes() -> None:
    after = repo(incident(2, **entries("b")))
    found = renumbered(repo(incident(1, **entries("a"))), after)
    assert found.numbers == ()
    assert left(found, after) == [("INC-2025-001", "removed"), ("INC-2025-002", "added")]


def test_whoever_names_it_names_it_by_its_new_number() -> None:
    def book(number: str) -> Repository:
        record = f"id: {number}\ntitle: Checkout fails\ntimeline: [{{id: a}}]\n"
        told = f"---\nincidents: [{number}]\n---\nAs {number} showed, not {number}1.\n"
        return read((f"incidents/2025/{number}.yml", record), (f"postmortems/2025/{number}.md", told))

    after = book("INC-2025-007")
    found = renumbered(book("INC-2025-001"), after)
    assert left(found, after) == []
    assert found.former["postmortems/2025/INC-2025-007.md"] == "postmortems/2025/INC-2025-001.md"
    assert found.repo.postmortems[0].document.body == "As INC-2025-007 showed, not INC-2025-0011.\n"


def test_where_two_had_the_number_the_other_one_keeps_what_speaks_of_it() -> None:
    def record(number: int, entry: str) -> str:
        return f"id: INC-2025-00{number}\ntitle: Checkout fails\ntimeline: [{{id: {entry}}}]\n"

    told = ("postmortems/2025/INC-2025-001.md", "---\nincidents: [INC-2025-001]\n---\nWhy\n")
    again = (told[0], told[1] + "More\n")
    before = read(("incidents/a.yml", record(1, "a")), ("incidents/b.yml", record(1, "b")), told)
    after = read(("incidents/a.yml", record(1, "a")), ("incidents/c.yml", record(2, "b")), again)
    found = renumbered(before, after)
    assert found.numbers == [("INC-2025-001", "INC-2025-002")]
    assert left(found, after) == []
