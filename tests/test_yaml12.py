"""YAML 1.2 semantics: what a plain scalar means, and that what is written reads back equal, here and by ruamel.yaml."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidentbook import source
from incidentbook.edit import _same
from incidentbook.yaml12 import Flow, dump, dump_flow, resolve
from yaml_data import DATA, SCALARS, by_ruamel, by_yaml_1_1

# Under 1.2 ruamel.yaml takes 1_000 and -0o17 for numbers and .5E1 for a text; section 10.3.2 of the specification does not.
RUAMEL_DEVIATES = re.compile(r"_|[-+]0[ox]|\.\d+E")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("y", "y"), ("02:30", "02:30"), ("12:30:00", "12:30:00"),
        ("1_000", "1_000"), ("0o14", 12), ("014", 14), ("0x1F", 31), ("0b1", "0b1"), ("1e5", 1e5), (".5", 0.5), ("1.", 1.0),
        ("+1", 1), ("-0", 0), ("1.2.3", "1.2.3"), ("+", "+"), (".", "."), ("0x", "0x"), ("0o8", "0o8"), ("-0x1", "-0x1"),
        ("true", True), ("TRUE", True), ("tRUE", "tRUE"), ("null", None), ("~", None), ("", None), ("Null", None),
        (".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf), (".iNf", ".iNf"),
        ("2025-01-15", "2025-01-15"), ("2025-01-15T02:30:00Z", "2025-01-15T02:30:00Z"), ("=", "="),
    ],
)  # fmt: skip
def test_plain_scalar_means_what_yaml_1_2_says(text: str, meaning: object) -> None:
    assert _same(resolve(text), meaning)


def test_nan_is_nan() -> None:
    assert math.isnan(resolve(".NaN"))  # type: ignore[arg-type]


def test_integer_too_long_for_python_stays_text() -> None:
    assert resolve("9" * 5000) == "9" * 5000


@pytest.mark.parametrize("text", ["no", "02:30", "1_000", "0o14", "true", "~", "1e5", "2025-01-15"])
def test_quoted_scalar_is_text(text: str) -> None:
    assert source.load(f"a: '{text}'\n").value == {"a": text}
    assert source.load(f'a: "{text}"\n').value == {"a": text}


@settings(max_examples=300)
@given(DATA)
@example({"a": "1e5", "b": "0o14", "c": "\ta\nb", "d": "a\u2028b"})
@example([[[]], {"": {}}, "a\n\n", "😀\nb"])
def test_what_is_dumped_reads_back_equal(data: object) -> None:
    document = source.load(dump(data))
    assert not document.problems
    assert _same(document.value, data)


@settings(max_examples=300)
@given(DATA)
def test_ruamel_reads_what_is_dumped(data: object) -> None:
    assert _same(by_ruamel(dump(data)), data)


@settings(max_examples=300)
@given(SCALARS)
def test_readers_of_yaml_1_1_see_the_same_text(data: object) -> None:
    assert _same(by_yaml_1_1(dump([data])), [data])


@settings(max_examples=300)
@given(DATA)
@example("a, b")
@example({"a": "x, y", "b": "one\ntwo"})
def test_flow_style_is_one_line_and_reads_back(data: object) -> None:
    for text, read in ((f"k: {dump_flow(data)}\n", data), (f"k: [{dump_flow(data, nested=True)}]\n", [data])):
        assert text.count("\n") == 1
        assert _same(source.load(text).value, {"k": read})


@settings(max_examples=500)
@given(st.from_regex(r"[-+.0-9a-fxoeE_:~]{1,8}|true|True|null|no|on|\.inf|\.NaN", fullmatch=True))
def test_plain_scalars_mean_the_same_to_ruamel(text: str) -> None:
    ours = source.load(f"k: {text}\n")
    if ours.problems or RUAMEL_DEVIATES.search(text):
        return
    theirs = by_ruamel(f"k: {text}\n")["k"]
    if isinstance(theirs, float) and math.isnan(theirs):
        assert math.isnan(ours.value["k"])
        return
    assert _same(ours.value["k"], theirs)


@pytest.mark.parametrize("text", ["2025-01-15", "2025-01-15T02:30:00Z", "2025-01-15T03:30:00.5+01:00"])
def test_dates_and_times_are_plain_as_people_write_them(text: str) -> None:
    assert dump({"at": text}) == f"at: {text}\n"
    assert dump_flow({"at": text}) == f"{{at: {text}}}"


@pytest.mark.parametrize("text", ["12:30:00", "2025-01-15 02:30:00", "2025-1-5", "2025-01-15T02:30"])
def test_what_only_looks_like_a_time_is_as_safe_as_before(text: str) -> None:
    assert by_yaml_1_1(dump([text])) == by_ruamel(dump([text])) == [text]


def test_characters_for_private_use_stay() -> None:
    data = ["\ue000", "\ue000c\ue000d", "2025-01-15\ue000"]
    assert source.load(dump(data)).value == source.load(dump_flow(data)).value == data


def test_a_mapping_on_one_line_in_a_block() -> None:
    text = "word " * 40 + "end"
    assert dump({"list": [Flow(id="a", text=text)]}) == f"list:\n- {{id: a, text: {text}}}\n"


def test_emoji_stays_readable() -> None:
    assert dump({"text": "🚢 late"}) == "text: 🚢 late\n"


def test_text_of_several_lines_is_a_literal_block() -> None:
    assert dump({"text": "one\ntwo\n"}) == "text: |\n  one\n  two\n"
