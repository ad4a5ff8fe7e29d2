"""Where the words of a value stand in the source, however YAML has folded and quoted them, and which value a character is of."""

from __future__ import annotations

import itertools

import pytest

from incidentbook import source
from incidentbook.entry import Entry
from incidentbook.rules import passages


@pytest.mark.parametrize(
    ("yaml", "words", "shown"),
    [
        ("it fell; it fell", ["it fell", "it fell"], ["it fell", "it fell"]),
        ("'It''s late, it''s dark'", ["It's late", "it's dark"], ["It''s late", "it''s dark"]),
        ("It's late", ["It's"], ["It's"]),
        (r'"It \"fell\" twice"', ['"fell"'], [r"\"fell\""]),
        ('It "fell" twice', ['"fell"'], ['"fell"']),
        (">-\n  It\n  fell, it fell", ["It fell", "it fell"], ["It\n  fell", "it fell"]),
        ("|\n  It fell\n  twice", ["It fell\ntwice"], ["It fell\n  twice"]),
        ("It fell  # it fell", ["It fell"], ["It fell"]),
        (r'"It \x66ell"', ["It fell"], [r'"It \x66ell"']),
    ],
)
def test_words_are_found_in_the_source(yaml: str, words: list[str], shown: list[str]) -> None:
    document = source.load(f"title: It fell, it fell\ntext: {yaml}\nnote: It fell, it fell\n")
    entry = Entry("a.yml", "incident", document, None)
    (passage,) = (each for each in passages.every(entry) if each.path == ("text",))
    found, start = [], 0
    for part in words:
        start = passage.text.index(part, start)
        place = passage.place(start, start + len(part))
        span = place.span or document.span(place.path)
        ends = ((span.line, span.column), (span.end_line, span.end_column))
        first, last = (passages.offset_of(document.text, *end) for end in ends)
        found.append((first, document.text[first:last]))
        start += len(part)
    assert [text for _, text in found] == shown
    assert found == sorted(set(found)), "each has a place of its own, in their order"


def test_each_character_is_of_the_value_around_it() -> None:
    text = "---\na: {b: x, c: [y, 'z']}\nd: >-\n  e\n---\nf\n"
    document = source.load_front_matter(text)
    by_path = itertools.groupby(range(len(text)), key=lambda offset: passages.path_at(document, offset))
    values = [(path, "".join(text[offset] for offset in offsets)) for path, offsets in by_path if path]
    assert values == [(("a", "b"), "x"), (("a", "c", 0), "y"), (("a", "c", 1), "'z'"), (("d",), ">-\n  e\n")]
