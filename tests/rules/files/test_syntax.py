"""IB001: what cannot be read, said once and at its place; the other files are still checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook import repository
from incidentbook.finding import Finding
from incidentbook.rules import discover, engine
from incidentbook.rules.context import Context
from kb import at, write

Said = Callable[..., list[str]]
RECORD = "incidents/2025/INC-2025-002.yml"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("id: INC-2025-002\nid: INC-2025-003\n", "2:1", "The key `id` is given twice; the first is on line 1"),
        ("id: INC-2025-002\n\ttitle: x\n", "2:1", "A tab stands where YAML allows only spaces"),
        ("title: Checkout: failing\n", "1:16", "A second `: ` on this line cannot be read"),
        ("", "1:1", "The file holds no data"),
        ("null\n", "1:1", "The file holds no data"),
        ("a: \0\n", "1:4", "YAML does not allow a NUL byte"),
    ],
)
def test_unreadable_record(said: Said, text: str, place: str, message: str) -> None:
    found = [line for line in said({RECORD: text}) if "IB001" in line]
    assert found == [f"{RECORD}:{place} IB001 {message}"]


def test_a_record_that_cannot_be_read_at_all_is_one_finding(said: Said) -> None:
    assert len(said({RECORD: "id: [\n"})) == 1


def test_front_matter_never_closed(said: Said) -> None:
    path = "postmortems/2025/INC-2025-001.md"
    found = said({path: "---\nincidents: [INC-2025-001]\nstatus: draft\n"})
    assert f"{path}:1:1 IB001 The front matter that starts here is never closed" in found


def test_unreadable_policy_is_one_finding_and_not_one_in_each_record(said: Said) -> None:
    assert said({"policy/services.yml": "services: {\n"}) == ["policy/services.yml:2:1 IB001 A value is expected here"]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    root = write(tmp_path / "kb", {})
    (root / "incidents" / "2025").mkdir(parents=True)
    (root / "incidents" / "2025" / "INC-2025-001.yml").write_bytes(b"id: x\ntitle: caf\xe9\n")
    repo = repository.load(root)
    found = [f for f in engine.run(Context(repo, at("2025-03-01 00:00")), discover()).findings if "incidents" in f.path]
    assert [(f.code, f.span.line, f.span.column, f.message) for f in found] == [
        ("IB001", 2, 11, "Byte 0xE9 is not valid UTF-8")
    ]


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "1e999"])
def test_what_is_no_number_is_reported_where_it_stands(
    written: str, check: Callable[..., list[Finding]], base: Callable[..., str]
) -> None:
    record = "incidents/2025/INC-2025-001.yml"
    text = base(record, "services: [public-api]", f"services: [public-api]\nx-own: [1, {{share: {written}}}]")
    (found,) = [each for each in check({record: text}) if each.code == "IB001"]
    assert (found.path, found.span.line, found.span.column) == (record, 8, 20)
    assert found.message == f"`{written}` is no number that a record can hold"
    assert found.hint == "Write the number, or leave the key out."
