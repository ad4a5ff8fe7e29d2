"""Links in a text and what is code in it: what is blanked, to the character, and what is found with which place."""

from __future__ import annotations

import pytest

from incidentbook.document import Document
from incidentbook.entry import Entry
from incidentbook.rules.links import Link, links, resolved, without_code
from incidentbook.rules.passages import Passage


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("no code", "no code"),
        ("one ` is no code", "one ` is no code"),
        ("a `b` c ``d ` e`` f `g`", "a     c           f    "),
        ("``a `b` c", "``a     c"),
        ("`a``b`` ```c", "`a      ```c"),
        ("one ` is no code\nwith one ` of another line", "one ` is no code\nwith one ` of another line"),
        ("a `b`\nc\n`d` e\n", "a    \nc\n    e\n"),
        ("a\n```html\nb\n```\nc\n", "a\n       \n \n   \nc\n"),
        ("a\n~~~\nb\n~~~\nc\n", "a\n   \n \n   \nc\n"),
        ("a\n````\n```\nb\n", "a\n    \n   \n \n"),
    ],
)
def test_code_is_blank(text: str, prose: str) -> None:
    assert without_code(text) == prose


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("see [a](b.md) and [c]( <d.md> )", ["b.md", "d.md"]),
        ("see [a]\n\n[a]: b.md\n", ["b.md"]),
        ('<a href="b.md">a</a>', ["b.md"]),
        ("<img src=b.png> and [a](c_(d).md)", ["b.png", "c_(d).md"]),
        ("`[a](b.md)` and [a](c.md)", ["c.md"]),
        ("b.md", []),
    ],
)
def test_links_are_found_in_their_order_and_place(text: str, targets: list[str]) -> None:
    found = list(links(text))
    assert [link.target for link in found] == targets
    assert [text[link.start : link.end] for link in found] == targets


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("notes.md", "postmortems/2025/notes.md"),
        ("X-ray.md", "postmortems/2025/X-ray.md"),
        ("/notes.md", "notes.md"),
        ("//notes.md", "notes.md"),
        ("../a%20b.md?raw#top?", "postmortems/a b.md"),
        ("../../../notes.md", "../notes.md"),
    ],
)
def test_a_link_leads_to_a_path(target: str, path: str) -> None:
    passage = Passage(Entry("postmortems/2025/a.md", "postmortem", Document(""), None), (), "")
    assert resolved(passage, Link(target, 0, 0)) == path
