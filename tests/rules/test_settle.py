"""What a run reports, and what comments, policy and baseline keep back of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from incidentbook.finding import Finding, Grade, Related
from incidentbook.records.policy.checks import ChecksPolicy, PathChecks
from incidentbook.results import baseline
from incidentbook.results.settled import Settled
from incidentbook.rules import choose, discover
from incidentbook.rules.limits import MOST_HITS
from incidentbook.rules.settle import Terms, settle
from incidentbook.span import Span

RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
GRADES = {rule.code: rule.grade for rule in discover()}
NAMES = {rule.code: rule.name for rule in discover()}


def finding(code: str, line: int = 1, path: str = RECORD, column: int = 4, end: int = 6) -> Finding:
    span = Span(line, column, line, end)
    return Finding(code, NAMES[code], path, span, f"{code} on line {line}", grade=GRADES[code])


def settled(
    findings: Sequence[Finding], text: str, policy: ChecksPolicy | None = None, terms: Terms | None = None
) -> Settled:
    texts = {found.path: text for found in findings}
    return settle(sorted(findings, key=lambda found: found.sort_key), texts, policy or ChecksPolicy(), terms)


def codes(found: Settled) -> list[str]:
    return [each.code for each in found.findings]


def kept(found: Settled) -> Mapping[str, int]:
    return dict(found.counts)


# -- comments ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["IB801", "IB8", "ib8", "blame", "language", "IB401,blame", "IB401, IB801"])
def test_a_comment_names_a_rule_in_every_way(word: str) -> None:
    found = settled([finding("IB801")], f"a: 1 # inc: ignore[{word}] reason\n")
    assert (codes(found), kept(found)) == ([], {"comment": 1})


@pytest.mark.parametrize(
    "comment", ["inc: ignore[IB802] reason", "inc: ignore[IB801]", "inc: ignore IB801 reason", "inc: ignore[] x"]
)
def test_a_comment_about_something_else_or_without_a_reason_keeps_nothing_back(comment: str) -> None:
    assert codes(settled([finding("IB801")], f"a: 1 # {comment}\n")) == ["IB801"]


def test_only_the_line_of_the_finding_counts() -> None:
    text = "a: 1 # inc: ignore[IB801] reason\nb: 2\n"
    found = settled([finding("IB801", 1), finding("IB801", 2)], text)
    assert [each.span.line for each in found.findings] == [2]


def test_another_place_that_a_finding_is_about_does_not_count() -> None:
    near = Related("policy/services.yml", Span(1, 1, 1, 2), "the services")
    found = replace(finding("IB401"), related=(near,))
    texts = {RECORD: "a: 1\n", "policy/services.yml": "services: {} # inc: ignore[IB401] reason\n"}
    assert settle([found], texts, ChecksPolicy()).findings == (found,)


def unused(word: str, column: int, line: int = 1) -> Finding:
    """Return what IB012 says of a word before it is known whether it is of use."""
    return finding("IB012", line, column=column, end=column + len(word))


TWO = "a: 1 # inc: ignore[IB801,IB901] reason\n"


@pytest.mark.parametrize(
    ("code", "more", "left"),
    [("IB901", 0, True), ("IB901", 1, False), ("IB401", 1, True)],
    ids=["all", "cut", "another"],
)
def test_nobody_can_tell_whether_a_word_is_unused_whose_rule_does_not_show_all(
    code: str, more: int, *, left: bool
) -> None:
    """To take it out would bring back what the rule has found further down, and does not show."""
    shown = [finding(code, line) for line in range(2, MOST_HITS + 2 + more)]
    found = settled([*shown, finding("IB801"), unused("IB901", 26)], TWO)
    assert ("IB012" in codes(found)) is left


def test_a_word_that_keeps_something_back_is_not_unused() -> None:
    found = settled([finding("IB801"), unused("IB801", 20), unused("IB901", 26)], TWO)
    assert [(each.code, each.span.column) for each in found.findings] == [("IB012", 26)]


@pytest.mark.parametrize(
    ("select", "judged"),
    [(["IB012"], False), (["IB012", "IB801"], False), (["IB901"], True), (["IB012", "IB9", "IB8"], True)],
)
def test_a_word_is_judged_only_where_its_rules_have_run(select: list[str], *, judged: bool) -> None:
    ran = choose(discover(), select)
    found = settled([unused("IB901", 26)], TWO, terms=Terms(ran=lambda: ran))
    assert (codes(found) == ["IB012"]) is judged


def test_no_word_is_judged_where_a_rule_has_failed() -> None:
    assert codes(settled([unused("IB901", 26)], TWO, terms=Terms(failed=True))) == []


def test_one_word_keeps_several_findings_back() -> None:
    text = "a: 1 # inc: ignore[IB801] reason\n"
    found = settled([finding("IB801"), finding("IB801", column=5), unused("IB801", 20)], text)
    assert (codes(found), kept(found)) == ([], {"comment": 2})


def test_what_is_left_stays_in_its_order() -> None:
    text = "# inc: ignore-file[IB901] reason\na: 1\n"
    found = settled([finding("IB401", 1), unused("IB901", 20), finding("IB101", 2)], text)
    assert [(each.code, each.span.line) for each in found.findings] == [("IB401", 1), ("IB012", 1), ("IB101", 2)]


def test_each_file_has_its_own_comments() -> None:
    texts = {
        RECORD: "a: 1 # inc: ignore[IB801] reason\n",
        POSTMORTEM: "---\na: 1\n---\nText. <!-- inc: ignore[IB801] reason -->\n",
    }
    findings = [finding("IB801"), finding("IB801", 3, POSTMORTEM), finding("IB801", 4, POSTMORTEM)]
    found = settle(findings, texts, ChecksPolicy())
    assert ([(each.path, each.span.line) for each in found.findings], kept(found)) == (
        [(POSTMORTEM, 3)],
        {"comment": 2},
    )


def test_a_finding_of_a_file_that_has_no_text_is_reported() -> None:
    folder = finding("IB801", path="incidents/2025")
    assert settle([folder], {}, ChecksPolicy()).findings == (folder,)


def test_a_family_is_used_when_one_of_its_rules_is() -> None:
    text = "a: 1 # inc: ignore[language] reason\n"
    assert codes(settled([finding("IB802"), unused("language", 20)], text)) == []


@pytest.mark.parametrize("code", ["IB011", "IB012", "IB013", "IB014"])
def test_no_comment_and_no_baseline_keeps_back_what_is_about_suppressions(code: str) -> None:
    found = finding(code)
    text = f"# inc: ignore-file[{code}] reason\n# inc: ignore-file[suppression] reason\na: 1\n"
    known = frozenset(baseline.fingerprints([found], {RECORD: text}))
    assert codes(settled([found], text, terms=Terms(known=known))) == ([code] if code != "IB012" else [])


# -- policy --------------------------------------------------------------------------------------------------------------------


def paths(*match: str, reason: str = "old", **more: object) -> ChecksPolicy:
    return ChecksPolicy(paths=(PathChecks(match, reason=reason, **more),))  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["IB801", "IB8", "blame", "language"])
def test_policy_ignores_everywhere(word: str) -> None:
    found = settled([finding("IB801"), finding("IB401")], "", ChecksPolicy(ignore=(word,)))
    assert (codes(found), kept(found)) == (["IB401"], {"policy": 1})


def test_an_empty_word_of_policy_means_no_rule() -> None:
    policy = ChecksPolicy(ignore=("",), grades={"": Grade.INFO})
    assert settled([finding("IB401")], "", policy).findings == (finding("IB401"),)


def test_policy_ignores_for_some_files_and_for_a_reason() -> None:
    findings = [finding("IB801"), finding("IB801", path=POSTMORTEM)]
    assert [each.path for each in settled(findings, "", paths("incidents/**", ignore=("IB801",))).findings] == [
        POSTMORTEM
    ]
    assert len(settled(findings, "", paths("incidents/**", ignore=("IB801",), reason="")).findings) == 2
    assert len(settled(findings, "", paths("playbooks/**", ignore=("IB801",))).findings) == 2


@pytest.mark.parametrize(
    ("selected", "shown"), [("IB801", True), ("ib801", True), ("blame", True), ("IB8", False), ("language", False)]
)
def test_who_asks_for_a_rule_by_itself_gets_what_policy_ignores_everywhere(selected: str, *, shown: bool) -> None:
    terms = Terms(selected=[selected])
    assert bool(settled([finding("IB801")], "", ChecksPolicy(ignore=("IB8",)), terms).findings) is shown
    assert not settled([finding("IB801")], "", paths("incidents/**", ignore=("IB801",)), terms).findings


def test_the_last_grade_counts() -> None:
    policy = replace(
        paths("postmortems/**", grades={"IB8": Grade.ERROR}), grades={"language": Grade.WARNING, "IB801": Grade.INFO}
    )
    findings = [finding("IB801"), finding("IB802"), finding("IB801", path=POSTMORTEM), finding("IB401")]
    found = settled(findings, "", policy).findings
    assert [(each.code, each.grade.value) for each in found] == [
        ("IB401", "error"), ("IB801", "info"), ("IB802", "warning"), ("IB801", "error"),
    ]  # fmt: skip


def test_what_a_rule_itself_takes_less_seriously_is_not_made_worse() -> None:
    told = replace(finding("IB504"), grade=Grade.INFO)
    assert settled([told], "", ChecksPolicy(grades={"IB504": Grade.ERROR})).findings == (told,)


# -- baseline ------------------------------------------------------------------------------------------------------------------


def test_two_that_are_known_leave_a_third_of_the_same_kind() -> None:
    text = "a: 1\nb: 2\na: 1\nc: 3\na: 1\n"
    three = [finding("IB801", line) for line in (1, 3, 5)]
    known = frozenset(baseline.fingerprints(three[:2], {RECORD: text}))
    found = settled(three, text, terms=Terms(known=known))
    assert ([each.span.line for each in found.findings], kept(found), found.mended) == ([5], {"baseline": 2}, 0)
    assert settled(three[1:2], text, terms=Terms(known=known)).mended == 1


def test_comments_and_policy_come_before_the_baseline() -> None:
    text = "a: 1 # inc: ignore[IB801] reason\nb: 2\n"
    findings = [finding("IB801"), finding("IB802"), finding("IB401")]
    known = frozenset(baseline.fingerprints(findings, {RECORD: text}))
    found = settled(findings, text, ChecksPolicy(ignore=("IB401",)), Terms(known=known))
    assert (codes(found), kept(found), found.mended) == ([], {"comment": 1, "policy": 1, "baseline": 1}, 2)


def test_a_comment_at_the_end_of_a_line_leaves_the_line_s_other_findings_known() -> None:
    findings = [finding("IB801"), finding("IB802")]
    known = frozenset(baseline.fingerprints(findings, {RECORD: "a: 1\n"}))
    found = settled(findings, "a: 1 # inc: ignore[IB802] reason\n", terms=Terms(known=known))
    assert (codes(found), kept(found)) == ([], {"comment": 1, "baseline": 1})


def test_a_part_of_what_is_settled() -> None:
    findings = [finding("IB801"), finding("IB802", path=POSTMORTEM), finding("IB803", path=POSTMORTEM)]
    found = settled(findings, "", ChecksPolicy(ignore=("IB801", "IB802")), Terms(known=frozenset(["gone"])))
    part = found.narrowed([POSTMORTEM])
    assert (codes(part), kept(part), found.mended, part.mended) == (["IB803"], {"policy": 1}, 1, 0)


# -- with rules ----------------------------------------------------------------------------------------------------------------

BODY = "Nobody should have deployed on a Friday.\nIt was human error.\n"


def test_suppressing_every_finding_at_its_line_gives_a_clean_run(
    check: Callable[..., list[Finding]], base: Callable[..., str]
) -> None:
    text = base(POSTMORTEM) + f"\n{BODY}"
    found = check({POSTMORTEM: text})
    assert len(found) > 1
    lines = text.split("\n")
    for line in sorted({each.span.line for each in found}, reverse=True):
        words = ",".join(sorted({each.code for each in found if each.span.line == line}))
        lines[line - 1] += f" <!-- inc: ignore[{words}] quoted as it was said -->"
    assert check({POSTMORTEM: "\n".join(lines)}) == []


def test_suppressing_every_finding_of_a_record_above_its_line_gives_a_clean_run(
    check: Callable[..., list[Finding]], base: Callable[..., str]
) -> None:
    text = base(
        RECORD,
        "services: [public-api]",
        "services: [pubic-api]\nsummary: |\n  The engineer was\n  careless. Human error.",
    )
    found = check({RECORD: text})
    assert {each.code for each in found} >= {"IB401", "IB801", "IB803"}
    starts = {each.span.line if "careless" not in text.split("\n")[each.span.line - 1] else 8 for each in found}
    lines = text.split("\n")
    for line in sorted(starts, reverse=True):
        words = "IB401" if line == 7 else "language"
        lines.insert(line - 1, f"# inc: ignore[{words}] the vendor calls it so")
    assert check({RECORD: "\n".join(lines)}) == []
