"""Suppressions as they stand in a file: what is one, what it names, and of which lines it speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import source
from incidentbook.edit import apply
from incidentbook.rules import discover, suppressions
from incidentbook.rules.suppressions import Suppression
from incidentbook.span import Span


def in_yaml(text: str) -> tuple[Suppression, ...]:
    return suppressions.of(source.load(text))


def in_markdown(body: str) -> tuple[Suppression, ...]:
    return suppressions.of(source.load_front_matter(f"---\na: 1\n---\n{body}"))


def lines(found: tuple[Suppression, ...]) -> list[tuple[str, int, int]]:
    """Return for each suppression its words and the first and last line of which it speaks."""
    return [(",".join(word.text for word in each.words), each.first, each.last) for each in found]


def test_words_reason_and_places() -> None:
    (found,) = in_yaml("a: 1  # inc: ignore[IB101, blame] said so at the time\n")
    assert [(word.text, word.span) for word in found.words] == [
        ("IB101", Span(1, 21, 1, 26)),
        ("blame", Span(1, 28, 1, 33)),
    ]
    assert (found.reason, found.span, found.whole) == ("said so at the time", Span(1, 7, 1, 54), False)


def test_a_suppression_begins_at_its_own_mark_and_may_take_several_lines() -> None:
    (first,) = in_yaml("ab: 1 # see there # inc: ignore-file[X,Y] - the vendor's  words —\n")
    assert (first.span, first.reason, first.whole) == (Span(1, 19, 1, 66), "the vendor's words", True)
    assert [word.span for word in first.words] == [Span(1, 38, 1, 39), Span(1, 40, 1, 41)]
    (second,) = in_markdown("Text <!-- inc: ignore[X,\n  Y]\tas said\n  at the time -->.\n")
    assert (second.span, second.reason, second.whole) == (Span(4, 6, 6, 18), "as said at the time", False)
    assert [(word.text, word.span) for word in second.words] == [("X", Span(4, 23, 4, 24)), ("Y", Span(5, 3, 5, 4))]


def test_the_lines_that_are_covered() -> None:
    (found,) = in_yaml("a: 1\n# inc: ignore[X] y\nb: |\n  one\n  two\nc: 1\n")
    assert (found.first, found.last) == (3, 5)


@pytest.mark.parametrize("reason", ["", " ", " -", ": --", " ..."])
def test_a_reason_has_words(reason: str) -> None:
    (found,) = in_yaml(f"a: 1  # inc: ignore[IB101]{reason}\n")
    assert found.reason == ""


@pytest.mark.parametrize("reason", ["X", "a-b", "-\u2014 X: x -"])
def test_only_what_stands_around_a_reason_is_left_out(reason: str) -> None:
    (found,) = in_yaml(f"a: 1  # inc: ignore[IB101] {reason}\n")
    assert found.reason == reason.strip("-\u2014 ")


@pytest.mark.parametrize("text", ["# inc: ignore[X] why", "#inc:ignore[X]: why", "# see there # inc: ignore [X] - why"])
def test_blanks_and_punctuation_do_not_matter(text: str) -> None:
    (found,) = in_yaml(f"a: 1 {text}\n")
    assert (found.words[0].text, found.reason) == ("X", "why")


@pytest.mark.parametrize(
    "text",
    [
        "# inc: ignore IB1 why",
        "# inc: ignore[] why",
        "# inc: disable[IB1] x",
        "# inc: ignore-line[A] x",
        "# inc: IGNORE[X] y",
        "# inc: mute[X] y",
    ],
)
def test_what_begins_like_a_suppression_and_is_none_names_nothing(text: str) -> None:
    (found,) = in_yaml(f"a: 1 {text}\n")
    assert found.words == ()


@pytest.mark.parametrize(
    "text", ["# inc: VAT of 20 %", "# ignore[IB1] x", "# zinc: ignore[IB1] x", "# inc ignore[IB1] x"]
)
def test_other_comments_are_left_alone(text: str) -> None:
    assert in_yaml(f"a: 1 {text}\n") == ()


@pytest.mark.parametrize(
    "text",
    [
        'a: "x # inc: ignore[X] y"\n',
        "a: 'x # inc: ignore[X] y'\n",
        "a: x#inc:ignore[X] y\n",
        "a: |\n  text # inc: ignore[X] y\n  # inc: ignore[X] y\n",
        "a: >-\n\n  # inc: ignore[X] y\n  more\nb: 1\n",
        'a: "x\n  # inc: ignore[X] y"\n',
        "a: <!--inc:ignore[X] y -->\n",
    ],
)
def test_a_text_that_looks_like_a_comment_is_none(text: str) -> None:
    assert source.load(text).problems == []
    assert in_yaml(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1 # inc: ignore[X] y\nb: 2\n", ("X", 1, 1)),
        ("# inc: ignore[X] y\na: 1\n", ("X", 2, 2)),
        ("# inc: ignore[X] y\n\n# more\n\na: 1\nb: 2\n", ("X", 5, 5)),
        ("a:\n  - 1\n  # inc: ignore[X] y\n  - 2\n", ("X", 4, 4)),
        ("a: [1, # inc: ignore[X] y\n  2]\n", ("X", 1, 1)),
        ("a: | # inc: ignore[X] y\n  one\n  two\nb: 2\n", ("X", 1, 3)),
        ("# inc: ignore[X] y\na: |\n  one\n  two\nb: 2\n", ("X", 2, 4)),
        ('a: "one\n  two" # inc: ignore[X] y\nb: 2\n', ("X", 1, 2)),
        ("# inc: ignore[X] y\na: one\n  two\nb: 2\n", ("X", 2, 3)),
        ("a: 1\n# inc: ignore[X] y\n", ("X", 2, 1)),
        ("a: |\n  text\n# inc: ignore[X] y\nb: 1\n", ("X", 4, 4)),
    ],
)
def test_the_lines_of_a_suppression_in_yaml(text: str, expected: tuple[str, int, int]) -> None:
    assert lines(in_yaml(text)) == [expected]


def test_several_stacked_speak_of_the_same_line() -> None:
    assert lines(in_yaml("# inc: ignore[X] y\n# inc: ignore[Z] y\na: 1\n")) == [("X", 3, 3), ("Z", 3, 3)]


def test_the_whole_file() -> None:
    (found,) = in_yaml("a: 1\n# inc: ignore-file[IB301] imported under this name\n")
    assert found.whole
    speaking_of = suppressions.by_line([found])
    assert [*speaking_of(1)] == [*speaking_of(900)] == [found]


def test_the_suppressions_that_speak_of_a_line() -> None:
    there = in_yaml("# inc: ignore[X] y\na: |\n  b\n  c  \n# inc: ignore[Y] z\nd: 1 # inc: ignore[Z] z\n")
    speaking_of = suppressions.by_line(there)
    words = {line: [each.words[0].text for each in speaking_of(line)] for line in range(1, 8)}
    assert words == {1: [], 2: ["X"], 3: ["X"], 4: ["X"], 5: [], 6: ["Y", "Z"], 7: []}


def test_a_list_that_is_too_long_has_no_edits() -> None:
    (short,) = in_yaml(f"a: 1 # inc: ignore[{'X,' * 100}] y\n")
    (long,) = in_yaml(f"a: 1 # inc: ignore[{'X,' * 101}] y\n")
    assert None not in short.removals
    assert set(long.removals) == {None}
    assert (len(short.removals), len(long.removals)) == (100, 101)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text. <!-- inc: ignore[X] y -->\nMore.\n", ("X", 4, 4)),
        ("<!-- inc: ignore[X] y -->\nText\nand more.\n\nOther.\n", ("X", 5, 6)),
        ("<!-- inc: ignore[X] y -->\n\nText\nand more.\n\nOther.\n", ("X", 6, 7)),
        ("<!-- inc: ignore[X] y -->\n## Heading\nText\n", ("X", 5, 5)),
        ("<!-- inc: ignore[X] y -->\n```sh\nls\n```\n", ("X", 5, 7)),
        ("- one\n  <!-- inc: ignore[X] y -->\n- two\n  and more\n", ("X", 6, 7)),
        ("> Text. <!-- inc: ignore[X] y -->\n", ("X", 4, 4)),
        ("> <!-- inc: ignore[X] y -->\n> Text.\n", ("X", 5, 5)),
        ("<!-- inc: ignore[X]\n a longer reason -->\nText.\n", ("X", 6, 6)),
        ("Text <!-- inc: ignore[X]\n a longer reason -->.\n", ("X", 4, 5)),
        ("Text.\n<!-- inc: ignore[X] y -->\n", ("X", 5, 4)),
        ("`<!-- inc: ignore[A] y -->` <!-- inc: ignore[X] y -->\n", ("X", 4, 4)),
        ("[*a*](b) <!-- inc: ignore[X] y -->\n", ("X", 4, 4)),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_lines_of_a_suppression_in_markdown(body: str, expected: tuple[str, int, int], end: str) -> None:
    document = source.load_front_matter(f"---\na: 1\n---\n{body}".replace("\n", end))
    assert lines(suppressions.of(document)) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "```\n<!-- inc: ignore[X] y -->\n```\n",
        "~~~html\n<!-- inc: ignore[X] y -->\n",
        "Write `<!-- inc: ignore[X] y -->` above it.\n",
        "    <!-- inc: ignore[X] y -->\n",
        "\\<!-- inc: ignore[X] y -->\n",
        "<!-- inc: ignore[X] never closed\n",
        "# inc: ignore[X] y\n",
    ],
)
def test_shown_code_is_no_suppression(body: str) -> None:
    assert in_markdown(body) == ()


def test_front_matter_has_comments_of_yaml() -> None:
    document = source.load_front_matter("---\na: 1 # inc: ignore[X] y\n# inc: ignore[Z] y\n---\nText.\n")
    assert lines(suppressions.of(document)) == [("X", 2, 2), ("Z", 3, 2)]


def test_a_file_that_breaks_off_keeps_the_suppressions_before_that() -> None:
    assert lines(in_yaml('# inc: ignore-file[IB001] y\na: "\n# inc: ignore[X] y\n'))[:1] == [("IB001", 2, 2)]
    assert suppressions.of(source.load_front_matter("No front matter. <!-- inc: ignore[X] y -->\n"))[0].first == 1


def test_a_byte_order_mark_has_no_column() -> None:
    (found,) = in_yaml("\ufeff# inc: ignore[X] y\na: 1\n")
    assert (found.span, found.first) == (Span(1, 1, 1, 19), 2)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1  # inc: ignore[X] y\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\n  # inc: ignore[X] y\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1 # see there # inc: ignore[X] y\n", "a: 1 # see there\n"),
        ("a: | # inc: ignore[X] y\n  text\n", "a: |\n  text\n"),
        ("# inc: ignore[X] y", ""),
        ("a: 1\r\n# inc: ignore[X] y\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
    ],
)
def test_the_only_word_is_taken_out_with_its_comment(text: str, after: str) -> None:
    (found,) = in_yaml(text)
    assert apply(text, found.removals) == after


def test_of_two_words_one_stays() -> None:
    text = "# inc: ignore[X, Y] y\na: 1\n"
    (found,) = in_yaml(text)
    after = ["# inc: ignore[Y] y\na: 1\n", "# inc: ignore[X] y\na: 1\n"]
    assert [apply(text, [removal]) for removal in found.removals] == after


def test_one_of_several_words_is_taken_out_alone_and_never_two_at_once() -> None:
    text = "a: 1 # inc: ignore[X,Y, Z] y\n"
    (found,) = in_yaml(text)
    assert [apply(text, [removal]) for removal in found.removals] == [
        "a: 1 # inc: ignore[Y, Z] y\n",
        "a: 1 # inc: ignore[X, Z] y\n",
        "a: 1 # inc: ignore[X, Y] y\n",
    ]
    assert len({(removal.start, removal.end) for removal in found.removals}) == 1


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("Text. <!-- inc: ignore[X] y -->\n", "Text.\n"),
        ("Some <!-- inc: ignore[X] y --> text.\n", "Some text.\n"),
        ("Text.\n\n<!-- inc: ignore[X] y -->\nMore.\n", "Text.\n\nMore.\n"),
        ("Text.\n<!-- inc: ignore[X] y -->\nMore.\n", "Text.\n\nMore.\n"),
        ("Text.\n<!-- inc: ignore[X]\n y -->\nMore.\n", "Text.\n\nMore.\n"),
        ("<!-- inc: ignore[X] y -->\nText.\n", "Text.\n"),
        ("Text.\n<!-- inc: ignore[X] y -->\n", "Text.\n"),
        ("Text.\n<!-- inc: ignore[X] y -->\n\nMore.\n", "Text.\n\nMore.\n"),
        ("Text.\n<!-- inc: ignore[X] y -->\n \nMore.\n", "Text.\n \nMore.\n"),
        ("Text <!-- inc: ignore[X]\n y --> more.\n", "Text more.\n"),
        ("<!-- inc: ignore[X] y --> and more.\n", " and more.\n"),
        ("X <!-- inc: ignore[X] y -->\n", "X\n"),
        ("\u00a0 <!-- inc: ignore[X] y -->\n", "\u00a0\n"),
    ],
)
def test_two_paragraphs_stay_two(body: str, after: str) -> None:
    head = "---\na: 1\n---\n"
    (found,) = in_markdown(body)
    assert apply(head + body, found.removals) == head + after


def test_a_comment_between_two_lines_of_front_matter_leaves_no_gap() -> None:
    head, tail = "---\na: 1\n", "b: 2\n---\nText.\n"
    text = f"{head}# inc: ignore[X] y\n{tail}"
    (found,) = suppressions.of(source.load_front_matter(text))
    assert apply(text, found.removals) == head + tail


@given(st.text(alphabet="# \n\r\t'\"|>-:[]{}a`<!\\", max_size=60), st.integers(0, 60))
def test_whatever_stands_around_it_nothing_fails(around: str, at: int) -> None:
    text = around[:at] + "# inc: ignore[X] y\n<!-- inc: ignore[X] y -->" + around[at:]
    for document in (source.load(text), source.load_front_matter(text), source.load_front_matter(f"---\n---\n{text}")):
        for found in suppressions.of(document):
            for removal in found.removals:
                assert "ignore" in document.text[removal.start : removal.end] or removal.text


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("IB801", ["IB801"]),
        ("blame", ["IB801"]),
        ("suppression", []),
        ("IB011", []),
        ("x", []),
    ],
)
def test_the_rules_that_a_word_means(word: str, codes: list[str]) -> None:
    assert [rule.code for rule in suppressions.named(word, discover())] == codes


def test_a_family_and_the_start_of_its_codes_mean_all_of_its_rules() -> None:
    language = [rule for rule in discover() if rule.family == "language"]
    assert suppressions.named("ib8", discover()) == suppressions.named("language", discover()) == language
