"""The rules of a merge, one by one, on small records."""

from __future__ import annotations

import pytest

from incidentbook.merge import BODY, Merged, UnweavableError, merge
from incidentbook.merge.by_lines import merge_text

RECORD = """\
# yaml-language-server: $schema=../../schemas/incident.schema.json
id: INC-2025-001
title: Checkout fails   # as customers say
status: declared
severity: sev2
services: [api, db]  # two

milestones:
  started: 2025-01-15T02:30:00Z

transitions:
  - {id: x1, to: declared, at: 2025-01-15T02:32:00Z}
severity_history:
  - {id: s1, to: sev2, at: 2025-01-15T02:32:00Z}
roles:
  - {id: r1, role: scribe, holder: sre, from: 2025-01-15T02:33:00Z}
impact:
  phases:
    - {id: p1, level: outage, from: 2025-01-15T02:30:00Z}
timeline:
  # what we saw
  - {id: t1, at: 2025-01-15T02:30:00Z, text: "alert"}
  - id: t2
    at: 2025-01-15T02:40:00Z
    text: found
remediation:
  immediate:
    - {text: Restart, status: planned}
"""
TIME = "2025-01-15T{}:00Z"


def after(text: str, *steps: tuple[str, str]) -> str:
    """Return ``text`` with each first place at which an old text stands replaced."""
    for old, new in steps:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def below(key: str, line: str) -> tuple[str, str]:
    """Return the step that puts a line at the top of the list below ``key``."""
    return f"{key}:\n", f"{key}:\n{line}\n"


def both(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> Merged:
    """Merge what two people made of the record."""
    return merge(RECORD, after(RECORD, *ours), after(RECORD, *theirs), merge_text)


def taken(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> str:
    """Merge both ways, without a conflict, to the same data; return the text, ours first."""
    one, other = both(ours, theirs), both(theirs, ours)
    assert (one.conflicts, other.conflicts) == ((), ())
    return one.text


def test_what_each_side_changed_is_taken_and_every_other_byte_stays() -> None:
    ours, theirs = ("title: Checkout fails", "title: Checkout is down"), ('"alert"', "'an alert'")
    assert taken([ours], [theirs]) == after(RECORD, ours, theirs)


def test_entries_of_both_sides_stand_in_the_order_of_time_with_their_comments() -> None:
    end = "    text: found\n"
    ours = [(end, f"{end}  - {{id: t4, at: {TIME.format('02:50')}, text: ours}}  # mine\n")]
    theirs = [
        (end, f"{end}  # theirs\n  - id: t3\n    at: {TIME.format('02:45')}\n    text: |\n      two\n      lines\n")
    ]
    expected = f"{end}{theirs[0][1].removeprefix(end)}{ours[0][1].removeprefix(end)}"
    assert taken(ours, theirs) == after(RECORD, (end, expected))
    assert taken(theirs, ours) == after(RECORD, (end, expected))


def test_an_entry_of_another_indentation_is_moved_into_ours() -> None:
    theirs = RECORD.replace("\n  - {id: x1", "\n- {id: x1").replace(
        "severity_history:", f"- id: x3\n  to: resolved\n  at: {TIME.format('03:00')}\nseverity_history:"
    )
    ours = after(
        RECORD,
        ("title: Checkout", "title: Our checkout"),
        below("transitions", f"  - {{id: x2, to: identified, at: {TIME.format('02:50')}}}"),
    )
    text = merge(RECORD, ours, theirs, merge_text).text
    assert f"  - id: x3\n    to: resolved\n    at: {TIME.format('03:00')}\n" in text


def test_plain_words_are_united_as_a_set() -> None:
    text = taken([("[api, db]", "[api, db, web]")], [("[api, db]", "[cache, api]")])
    assert "services: [cache, api, web]  # two\n" in text


def test_an_entry_taken_away_on_one_side_goes() -> None:
    text = taken([('  - {id: t1, at: 2025-01-15T02:30:00Z, text: "alert"}\n', "")], [("text: found", "text: found it")])
    assert "t1" not in text
    assert "found it" in text


def test_an_entry_taken_away_and_changed_is_a_conflict() -> None:
    line = '  - {id: t1, at: 2025-01-15T02:30:00Z, text: "alert"}\n'
    result = both([(line, "")], [('"alert"', '"alarm"')])
    assert result.conflicts == ("timeline[t1]",)
    assert f"<<<<<<< ours\n=======\n{line.replace('alert', 'alarm')}>>>>>>> theirs\n" in result.text


def test_a_true_conflict_stands_on_just_that_field_with_both_values() -> None:
    result = both(
        [("title: Checkout fails", "title: A"), ("text: found", "text: ours")],
        [("title: Checkout fails", "title: B"), ("[api, db]", "[api]"), ("text: found", "text: theirs")],
    )
    assert result.conflicts == ("title", "timeline[t2].text")
    assert (
        "<<<<<<< ours\ntitle: A   # as customers say\n=======\ntitle: B   # as customers say\n>>>>>>> theirs\nstatus: declared\n"
        in result.text
    )
    assert (
        "    at: 2025-01-15T02:40:00Z\n<<<<<<< ours\n    text: ours\n=======\n    text: theirs\n>>>>>>> theirs\n"
        in result.text
    )
    assert "services: [api]  # two\n" in result.text


def test_a_conflict_within_a_line_names_the_field_and_shows_two_lines_that_differ_in_it_alone() -> None:
    result = both(
        [('"alert"', '"A"')],
        [('"alert"', '"B"'), ("id: t1, at: 2025-01-15T02:30:00Z", "id: t1, at: 2025-01-15T02:31:00Z")],
    )
    assert result.conflicts == ("timeline[t1].text",)
    assert result.text.count("{id: t1, at: 2025-01-15T02:31:00Z, text: ") == 2


def test_markers_are_as_long_as_git_asks() -> None:
    ours, theirs = (after(RECORD, ("title: Checkout fails", f"title: {name}")) for name in "AB")
    assert f"\n{'<' * 11} ours\n" in merge(RECORD, ours, theirs, merge_text, size=11).text


@pytest.mark.parametrize(("log", "field", "ours", "theirs", "last"), [
    ("transitions", "status", ("investigating", "02:40"), ("identified", "02:50"), "identified"),
    ("transitions", "status", ("resolved", "03:10"), ("mitigated", "03:00"), "resolved"),
    ("severity_history", "severity", ("sev1", "02:50"), ("sev3", "02:40"), "sev1"),
])  # fmt: skip
def test_the_last_change_by_time_says_how_it_stands(
    log: str, field: str, ours: tuple[str, str], theirs: tuple[str, str], last: str
) -> None:
    before = {"status": "declared", "severity": "sev2"}[field]
    sides = [
        [(f"{field}: {before}", f"{field}: {to}"), below(log, f"  - {{id: n{to}, to: {to}, at: {TIME.format(at)}}}")]
        for to, at in (ours, theirs)
    ]
    text = taken(*sides)
    assert f"\n{field}: {last}\n" in text
    assert text.count("{id: n") == 2


def test_a_status_back_at_what_it_was_holds_when_it_came_last() -> None:
    ours = [
        ("status: declared", "status: resolved"),
        below("transitions", f"  - {{id: x2, to: resolved, at: {TIME.format('03:00')}}}"),
    ]
    theirs = [
        (
            "transitions:\n",
            (
                f"transitions:\n  - {{id: x3, to: monitoring, at: {TIME.format('03:05')}}}\n"
                f"  - {{id: x4, to: declared, at: {TIME.format('03:06')}}}\n"
            ),
        )
    ]
    assert "\nstatus: declared\n" in taken(ours, theirs)


@pytest.mark.parametrize(
    ("name", "kept"), [("acknowledged", "02:40"), ("detected", "02:40"), ("resolved", "02:45"), ("closed", "02:45")]
)
def test_of_two_times_the_first_or_the_last_holds(name: str, kept: str) -> None:
    sides = [[below("milestones", f"  {name}: {TIME.format(at)}")] for at in ("02:45", "02:40")]
    assert f"  {name}: {TIME.format(kept)}\n" in taken(*sides)


def test_a_milestone_that_both_corrected_is_a_conflict() -> None:
    result = both(
        [("started: 2025-01-15T02:30", "started: 2025-01-15T02:20")],
        [("started: 2025-01-15T02:30", "started: 2025-01-15T02:25")],
    )
    assert result.conflicts == ("milestones.started",)


def test_a_role_that_both_handed_on_passes_from_one_to_the_next() -> None:
    def handed(to: str, at: str) -> list[tuple[str, str]]:
        interval = f"  - {{id: {to}, role: scribe, holder: {to}, from: {TIME.format(at)}}}"
        return [("from: 2025-01-15T02:33:00Z}\n", f"from: 2025-01-15T02:33:00Z, to: {TIME.format(at)}}}\n{interval}\n")]

    text = taken(handed("dba", "02:41"), handed("web", "02:43"))
    assert "holder: sre, from: 2025-01-15T02:33:00Z, to: 2025-01-15T02:41:00Z}\n" in text
    assert "holder: dba, from: 2025-01-15T02:41:00Z, to: 2025-01-15T02:43:00Z}\n" in text
    assert "holder: web, from: 2025-01-15T02:43:00Z}\n" in text


def test_a_phase_that_both_ended_lasts_until_the_later_end() -> None:
    sides = [
        [("from: 2025-01-15T02:30:00Z}", f"from: 2025-01-15T02:30:00Z, to: {TIME.format(at)}}}")]
        for at in ("03:00", "03:05")
    ]
    assert "to: 2025-01-15T03:05:00Z}" in taken(*sides)


def test_what_has_no_id_is_known_by_what_it_says() -> None:
    text = taken(
        [("status: planned", "status: done")],
        [("    - {text: Restart", "    - {text: Drain, status: done}\n    - {text: Restart")],
    )
    assert "    - {text: Drain, status: done}\n    - {text: Restart, status: done}\n" in text


def test_a_comment_behind_the_same_value_on_both_sides_is_kept_above_it() -> None:
    text = taken([("# as customers say", "# ours")], [("# as customers say", "# theirs")])
    assert "\n# theirs\ntitle: Checkout fails   # ours\n" in text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(newline: str, mark: str) -> None:
    sides = (RECORD, after(RECORD, ("title: C", "title: Our c")), after(RECORD, ("text: found", "text: found it")))
    base, ours, theirs = (f"{mark}{text}".replace("\n", newline) for text in sides)
    text = merge(base, ours, theirs, merge_text).text
    assert text == f"{mark}{after(sides[1], ('text: found', 'text: found it'))}".replace("\n", newline)


def test_a_last_line_without_an_end_stays_one() -> None:
    sides = (RECORD, after(RECORD, ("title: C", "title: Our c")), after(RECORD, ("text: found", "text: found it")))
    assert not merge(*(text.removesuffix("\n") for text in sides), merge_text).text.endswith("\n")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("id: [\n", "theirs, line 2: A value is expected"),
        ("a: 1\na: 2\n", "theirs, line 2: The key `a` is given twice"),
        ("- 1\n", "theirs, it is no mapping"),
        ("{a: 1}\n", "theirs, all of it is written in braces"),
        ("a: &x 1\nb: *x\n", "theirs, it holds an alias, an anchor or a tag"),
        ("a: 1\r\nb: 2\n", "theirs, its lines end in more than one way"),
        ("? a\n: 1\n", "theirs, "),
        ("a: 1\n---\n", "theirs, "),
    ],
)
def test_what_cannot_be_merged_by_what_it_says_is_refused_with_a_reason(broken: str, why: str) -> None:
    with pytest.raises(UnweavableError, match=why.replace("(", r"\(")):
        merge(RECORD, after(RECORD, ("title: C", "title: Our c")), broken, merge_text)


POSTMORTEM = """\
---
incidents: [INC-2025-001]
status: draft
causes:
  nodes:
    - {id: c1, text: Disk full}
  edges: []
action_items:
  - id: AI-2025-001-1
    title: Add an alert
    status: proposed
---
# What went well

One.

Two.

Three.
"""


def markdown(*sides: str) -> Merged:
    return merge(sides[0], sides[1], sides[2], merge_text, markdown=True)


def test_action_items_and_causes_are_merged_by_id_and_prose_by_lines() -> None:
    ours = after(
        POSTMORTEM,
        ("status: proposed", "status: not-started\n    owner: sre"),
        ("edges: []", "edges:\n    - {from: c1, to: c2}"),
        ("One.", "One and a half."),
    )
    theirs = after(
        POSTMORTEM,
        ("Add an alert\n", "Add an alert\n    due: 2025-02-01\n"),
        ("---\n# What", "  - {id: AI-2025-001-2, title: Test it, status: proposed}\n---\n# What"),
        ("Three.", "Three and more."),
        ("Disk full}", "Disk full}\n    - {id: c2, text: No quota}"),
    )
    result = markdown(POSTMORTEM, ours, theirs)
    assert result.conflicts == ()
    for said in (
        "due: 2025-02-01",
        "status: not-started\n    owner: sre",
        "AI-2025-001-2",
        "One and a half.\n\nTwo.\n\nThree and more.",
        "{from: c1, to: c2}",
        "No quota",
    ):
        assert said in result.text


def test_a_conflict_in_the_prose_is_one_of_lines() -> None:
    result = markdown(
        POSTMORTEM, after(POSTMORTEM, ("Two.", "2."), ("draft", "in-review")), after(POSTMORTEM, ("Two.", "II."))
    )
    assert result.conflicts == (BODY,)
    assert "status: in-review\n" in result.text
    assert "<<<<<<< ours\n2.\n=======\nII.\n>>>>>>> theirs\n" in result.text


def test_front_matter_that_is_gone_on_one_side_is_refused() -> None:
    with pytest.raises(UnweavableError, match="theirs, it has no front matter"):
        markdown(POSTMORTEM, after(POSTMORTEM, ("draft", "in-review")), "# Prose alone\n")
