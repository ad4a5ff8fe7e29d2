"""The rules about what keeps findings back: each with its place, and the fix that takes an idle comment out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.edit import apply
from incidentbook.finding import Finding
from incidentbook.results.baseline import ABOUT
from incidentbook.rules import discover

RECORD, POSTMORTEM, POLICY = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md", "policy/checks.yml"
TYPE = "type: availability"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_the_codes_tell_the_family() -> None:
    for rule in discover():
        assert rule.code.startswith(ABOUT) == (rule.family == "suppression")


def test_a_suppression_without_a_reason(said: Said, base: Base) -> None:
    text = base(RECORD, "services: [public-api]", "services: [pubic-api]  # inc: ignore[IB401,IB8]")
    first, second = said({RECORD: text})
    assert first.startswith(f"{RECORD}:7:12 IB401 ")
    assert second == f"{RECORD}:7:24 IB011 This suppression gives no reason, so it keeps nothing back"


def test_an_unused_suppression_and_its_fix(check: Callable[..., list[Finding]], base: Base) -> None:
    before = base(RECORD)
    for comment, word in (("# inc: ignore[IB401] why", "IB401"), ("# inc: ignore-file[language] why", "language")):
        text = base(RECORD, TYPE, f"{TYPE}  {comment}")
        (found,) = check({RECORD: text})
        where = "in this file" if "file" in comment else "here"
        assert found.message == f"There is nothing {where} that `{word}` would keep back"
        assert (found.code, found.span.line) == ("IB012", 5)
        assert found.fix is not None
        assert found.fix.safe
        assert apply(text, found.fix.edits) == before


def test_of_several_words_the_unused_ones_are_told(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(RECORD, "services: [public-api]", "services: [pubic-api]  # inc: ignore[IB801, IB401, IB2] why")
    found = check({RECORD: text})
    assert [(each.code, each.span.column, each.hint) for each in found] == [
        ("IB012", 38, "Take `IB801` out of the comment."),
        ("IB012", 52, "Take `IB2` out of the comment."),
    ]


def test_no_fix_where_a_comment_may_hold_blank_lines_off(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(RECORD) + "summary: |+\n  Text.\n# inc: ignore[IB401] why\n\n"
    assert [(each.code, each.fix) for each in check({RECORD: text})] == [("IB012", None)]


def test_a_word_that_names_no_rule(said: Said, base: Base) -> None:
    text = base(RECORD, TYPE, f"{TYPE}  # inc: ignore[unknwon-service] why")
    assert said({RECORD: text}) == [
        f"{RECORD}:5:35 IB013 There is no rule `unknwon-service`; did you mean `unknown-service`?"
    ]


@pytest.mark.parametrize("word", ["IB012", "IB01", "suppression", "unused-suppression"])
def test_a_word_that_no_comment_may_name(word: str, said: Said, base: Base) -> None:
    text = base(RECORD, TYPE, f"{TYPE}  # inc: ignore[{word}] why")
    assert said({RECORD: text}) == [f"{RECORD}:5:35 IB013 No comment keeps back what `{word}` finds"]


def test_a_suppression_that_cannot_be_read(said: Said, base: Base) -> None:
    body = base(POSTMORTEM) + "\n<!-- inc: ignore IB801 why -->\nText.\n"
    (found,) = said({POSTMORTEM: body})
    assert found.endswith(":1 IB013 This suppression cannot be read, so it keeps nothing back")


def test_names_in_policy(said: Said) -> None:
    policy = """\
        ignore: [IB8, IB999]
        grades: {languag: info}
        paths:
          - {match: [incidents/**], ignore: [blame, blam], grades: {IB7: info, IB77: error}, reason: x}
        """
    assert said({POLICY: policy}) == [
        f"{POLICY}:1:15 IB013 There is no rule `IB999`; did you mean `IB909`?",
        f"{POLICY}:2:10 IB013 There is no rule `languag`; did you mean `language`?",
        f"{POLICY}:4:45 IB013 There is no rule `blam`; did you mean `blame`?",
        f"{POLICY}:4:72 IB013 There is no rule `IB77`",
    ]


def test_patterns_in_policy(said: Said) -> None:
    policy = """\
        paths:
          - match: [incidents/2025/*.yml, incident/**]
            ignore: [blame]
            reason: x
        """
    assert said({POLICY: policy}) == [f"{POLICY}:2:35 IB014 No file of the knowledge base matches `incident/**`"]


def test_policy_of_the_wrong_shape_is_the_schema_s_matter(said: Said) -> None:
    policy = "ignore: IB8\ngrades: [x]\npaths: {match: [1]}\n"
    assert {line.split(" ")[1] for line in said({POLICY: policy})} == {"IB103"}


def test_settings_by_path_need_a_reason(said: Said) -> None:
    found = said({POLICY: "paths:\n  - {match: [incidents/**], ignore: [blame]}\n"})
    assert [line.split(" ")[1] for line in found] == ["IB101"]


def test_one_without_a_reason_hides_no_idle_one_below_it(said: Said, base: Base) -> None:
    text = base(RECORD, TYPE, f"# inc: ignore[IB401]\n{TYPE}  # inc: ignore[IB401] why")
    assert [line.split()[1] for line in said({RECORD: text})] == ["IB011", "IB012"]
