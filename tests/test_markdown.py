"""The list items under the headings of a post-mortem's body."""

from __future__ import annotations

from incidentbook.markdown import headings


def test_items_by_heading_in_lower_case() -> None:
    body = "## What went well\n\n- One\n- Two\n\n## Lessons learned\n\n1. First\n2. Second\n"
    assert headings(body) == {"what went well": ("One", "Two"), "lessons learned": ("First", "Second")}


def test_text_outside_lists_is_prose() -> None:
    assert headings("Intro\n\n- before any heading\n\n## What happened\n\nProse.\n\n- Item\n\nMore.\n") == {
        "what happened": ("Item",)
    }


def test_an_item_is_one_line_as_written() -> None:
    body = "## A\n\n- Long item\n  over *two* lines with `code` and [a link](https://example.org)\n"
    assert headings(body)["a"] == ("Long item over *two* lines with `code` and [a link](https://example.org)",)


def test_nested_lists_belong_to_the_item_above() -> None:
    assert headings("## A\n\n- One\n  - inner\n  - second\n- Two\n")["a"] == ("One; inner; second", "Two")


def test_an_item_of_several_paragraphs() -> None:
    assert headings("## A\n\n- One\n\n  more of it\n\n- Two\n")["a"] == ("One; more of it", "Two")


def test_smaller_headings_do_not_end_a_section_and_larger_ones_do() -> None:
    assert headings("## A\n\n- One\n\n### Detail\n\n- Two\n\n# B\n\n- Three\n") == {
        "a": ("One", "Two"),
        "b": ("Three",),
    }


def test_a_heading_that_comes_twice_is_one() -> None:
    assert headings("## A\n\n- One\n\n## B\n\n## A ##\n\n- Two\n") == {"a": ("One", "Two"), "b": ()}


def test_what_looks_like_a_heading_in_code_is_none() -> None:
    assert headings("## A\n\n```\n## B\n- no item\n```\n\n- One\n") == {"a": ("One",)}


def test_underlined_headings_and_windows_line_ends() -> None:
    assert headings("What went well\r\n--------------\r\n\r\n* One\r\n+ Two\r\n") == {"what went well": ("One", "Two")}


def test_an_empty_body_or_item() -> None:
    assert headings("") == {}
    assert headings("## A\n\n-\n- x\n") == {"a": ("", "x")}
