"""Words for messages: names of things, lists, values as a reader quotes them, and what was meant."""

from __future__ import annotations

import pytest

from incidentbook.rules.words import close, listing, sentence, shown, slug, subject, suggestion, thing


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing"),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", 2, "c"], "a, 2 and c"),
        (list("abcdefghijkl"), "a, b, c, d, e, f, g, h, i, j, k and l"),
        (list("abcdefghijklm"), "a, b, c, d, e, f, g, h, i, j, k, l and 1 more"),
        (list("abcdefghijklmno"), "a, b, c, d, e, f, g, h, i, j, k, l and 3 more"),
    ],
)
def test_a_list_is_said_as_people_do(words: list[object], said: str) -> None:
    assert listing(words) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "true"), (False, "false"), (None, "null"), (0, "0"), (1.5, "1.5"), ("a \n b\t", "a b"), ("", ""),
        ("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…"), (10**60, "a very large number"), (-(10**60), "a very large number"),
        (10**60 - 1, "9" * 60),
    ],
)  # fmt: skip
def test_a_value_is_quoted_on_one_short_line(value: object, said: str) -> None:
    assert shown(value) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Database Team", "database-team"),
        ("  --X__Y-- ", "x-y"),
        ("Ärger", "rger"),
        ("!!!", ""),
        ("api2", "api2"),
        ("XX", "xx"),
    ],
)
def test_a_slug_is_small_letters_digits_and_single_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ((), "the file"),
        (("title",), "`title`"),
        (("services", 0), "item 1 of `services`"),
        (("impact", "phases", 2, 1), "item 2 of `phases`"),
        ((3,), "item 4"),
    ],
)
def test_a_value_is_named_by_its_place(path: tuple[str | int, ...], said: str) -> None:
    assert subject(path) == said


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("incident", (), "an incident"),
        ("postmortem", (), "a post-mortem"),
        ("services", (), "policy/services.yml"),
        ("incident", ("timeline", 3), "a timeline entry"),
        ("incident", ("odd", 3), "an item of `odd`"),
        ("services", ("services", "api"), "a service"),
        ("incident", ("services", "api"), "`api`"),
        ("services", ("odd", "api"), "`api`"),
        ("services", ("api",), "`api`"),
        ("incident", (2,), "`2`"),
        ("incident", (1, 2), "`2`"),
    ],
)
def test_a_mapping_is_named_by_what_it_is(kind: str, path: tuple[str | int, ...], said: str) -> None:
    assert thing(kind, path) == said


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("primary_db", "primary-db"),
        ("PRIMARY DB", "primary-db"),
        ("primry-db", "primary-db"),
        ("P R I M A R Y - D B", "primary-db"),
        ("pay", None),
        ("pubilc-api", "public-api"),
    ],
)
def test_what_was_meant_is_close(word: str, meant: str | None) -> None:
    assert close(word, ["public-api", "primary-db"]) == meant
    assert suggestion(word, ["public-api", "primary-db"]) == (f"; did you mean `{meant}`?" if meant else "")


def test_a_sentence_begins_with_a_large_letter() -> None:
    assert (sentence("item 1"), sentence(""), sentence("`x` is")) == ("Item 1", "", "`x` is")
