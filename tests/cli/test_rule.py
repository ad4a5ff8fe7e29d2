"""`inc rule`: one page of a rule in the terminal, the list of all, and a word that names none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook import source
from incidentbook.errors import CLEAN, USAGE
from incidentbook.rules import discover, documentation
from kb import Inc

RULES = {rule.code: rule for rule in discover()}


def test_one_rule_whole(inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("rule", "IB203")
    assert (result.status, result.err) == (CLEAN, "")
    golden("rule-IB203.txt", result.out)


@pytest.mark.parametrize("code", RULES)
def test_every_page_fits_80_columns_and_says_everything(code: str, inc: Inc) -> None:
    lines = inc("rule", code).out.splitlines()
    assert max(map(len, lines)) <= 80
    for heading in ("What it checks", "Why it matters", "Bad example", "Good example", "Fix", "How to ignore it"):
        assert heading in lines, "a heading stands at the margin"
    assert f"inc check --ignore {code}" in inc("rule", code).out


@pytest.mark.parametrize("code", RULES)
def test_an_example_that_was_folded_is_the_same_yaml(code: str) -> None:
    said = documentation.read(RULES[code])
    for heading in documentation.EXAMPLES:
        for text in (file.text for file in documentation.examples(said[heading])):
            read = source.load_front_matter if text.startswith("---") else source.load
            folded = "\n".join(part for line in text.split("\n") for part in documentation.fold(line, 78))
            assert read(folded).value == read(text).value


@pytest.mark.parametrize("word", ["IB101", "ib101", "missing-key"])
def test_a_rule_has_a_code_and_a_name(word: str, inc: Inc) -> None:
    assert inc("rule", word).out.startswith("IB101 missing-key\n  A key that has to be there and is not.")


def test_without_a_word_all_are_listed_by_family(inc: Inc) -> None:
    lines = inc("rule").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines if line.startswith("  IB")] == list(RULES)
    families = [line for line in lines if line and not line.startswith(" ")][:-1]
    assert families == list(dict.fromkeys(rule.family for rule in RULES.values()))
    assert lines[-1] == f"{len(RULES)} rules; `inc rule IB001` explains one."


@pytest.mark.parametrize("word", ["time", "IB2", "ib2"])
def test_a_family_or_the_start_of_a_code_lists_some(word: str, inc: Inc) -> None:
    listed = [line.split()[0] for line in inc("rule", word).out.splitlines() if line.startswith("  IB")]
    assert listed == [code for code in RULES if code.startswith("IB2")]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("mising-key", "error: There is no rule 'mising-key'; did you mean `missing-key`?\n"),
        ("IB1101", "error: There is no rule 'IB1101'; did you mean `IB101`?\n"),
        ("ZZ999", "error: There is no rule 'ZZ999'\n"),
        ("", "error: There is no rule ''\n"),
    ],
)
def test_a_word_that_names_none(word: str, message: str, inc: Inc) -> None:
    result = inc("rule", word)
    assert (result.status, result.out) == (USAGE, "")
    assert result.err == f"{message}  `inc rule` lists all of them.\n"


def test_json_of_one(inc: Inc) -> None:
    value = json.loads(inc("rule", "IB203", "--json").out)
    assert (value["code"], value["name"], value["family"], value["grade"]) == (
        "IB203",
        "end-before-start",
        "time",
        "error",
    )
    assert value["kinds"] == ["incident", "rotation"]
    assert value["fixable"] is bool(RULES["IB203"].fix)
    assert value["why_it_matters"].startswith("A phase of negative length")
    (bad,) = value["bad_example"]
    assert bad["path"] == "incidents/2025/INC-2025-001.yml"
    assert not bad["whole"]
    assert source.load(bad["text"]).value["impact"]["phases"][0]["level"] == "outage"


def test_json_of_all(inc: Inc) -> None:
    value = json.loads(inc("rule", "--json").out)
    assert [rule["code"] for rule in value] == list(RULES)
    assert set(value[0]) == {"code", "name", "family", "grade", "summary", "fixable"}


def test_it_needs_no_knowledge_base(inc: Inc, tmp_path: Path) -> None:
    assert inc("rule", "IB101", root=tmp_path).status == CLEAN


def test_help_has_examples(inc: Inc) -> None:
    assert "inc rule IB101" in inc("rule", "--help").out
