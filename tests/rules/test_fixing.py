"""Fixes: applied in passes, proven by the rules, taken back where they make something worse; and twice is the same as once."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidentbook import repository
from incidentbook.finding import Finding, Fix
from incidentbook.repository import Repository
from incidentbook.rules import discover, fixing, trial
from incidentbook.rules.context import Context
from incidentbook.rules.fixing import Found, Result
from incidentbook.span import Edit, Span
from kb import ROOT, at

MINIMAL = ROOT / "tests" / "kb_minimal"
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
SLOPPY = """\
# The record of a long night 🚢
id: INC-2025-001   # its file has the same name
title: No booking could be made 漢字
status: Resolved
Severity: SEV-1
type: availability
disclosure: public
services: public-api  # one
milestones:
  started: 2025-01-15 02:30
  detected: "2025-01-15T02:32:00"
  acknowledged: 2025-01-15T02:35:00z
  resolved: 2025-01-15T04:45:00+0000

# Who led
roles:
  - {role: incident-commander, holder: Database, from: 2025-01-15T02:32:00Z, to: 2025-01-15T04:45:00Z} # x
impact:
  summary: >-
    Folded
    text: SEV-1
  phases:
    - level: Outage
      from: 2025-01-15T02:30:00Z
      to: 2025-01-15T04:45:00Z
  customer: {failed_transactions: "15842"}
timeline:
  - {id: t1, at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}
  # a later one, too high
  - id: t3
    at: 2025-01-15T04:45:00
    kind: recovery
    text: |
      # no comment
      Requests succeed again
    # of the last one

  # in between
  - id: t2
    at: 2025-01-15 03:00:00Z
    text: &said Half of them
investigation:
  evidence:
    - {id: e1, kind: log, text: *said}
remediation:
  long_term: [{text: Alert on replication lag, action: AI-2025-001-1}]
playbooks: [availability/database-failover]
exercise: no
# the end
"""
TIDY = """\
# The record of a long night 🚢
id: INC-2025-001   # its file has the same name
title: No booking could be made 漢字
status: resolved
severity: sev1
type: availability
disclosure: public
services: [public-api]  # one
milestones:
  started: 2025-01-15T02:30:00+00:00
  detected: "2025-01-15T02:32:00+00:00"
  acknowledged: 2025-01-15T02:35:00Z
  resolved: 2025-01-15T04:45:00+00:00

# Who led
roles:
  - {id: h1c62c4ed73fb60b9, role: incident-commander, holder: database, from: 2025-01-15T02:32:00Z, to: 2025-01-15T04:45:00Z} # x
impact:
  summary: >-
    Folded
    text: SEV-1
  phases:
    - id: h1c62c4ed73fb60b9
      level: outage
      from: 2025-01-15T02:30:00Z
      to: 2025-01-15T04:45:00Z
  customer: {failed_transactions: 15842}
timeline:
  - {id: t1, at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}
  # in between
  - id: t2
    at: 2025-01-15T03:00:00Z
    text: &said Half of them

  # a later one, too high
  - id: t3
    at: 2025-01-15T04:45:00+00:00
    kind: recovery
    text: |
      # no comment
      Requests succeed again
    # of the last one
investigation:
  evidence:
    - {id: e1, kind: log, text: *said}
remediation:
  long_term: [{text: Alert on replication lag, action: AI-2025-001-1}]
playbooks: [availability/database-failover]
exercise: false
# the end
"""


@functools.cache
def house() -> Repository:
    return repository.load(MINIMAL)


def look(texts: Mapping[str, str]) -> Found:
    return trial.looker(Context(house(), at("2025-03-01 00:00")), discover())(texts)


def everything(_: object, found: Found) -> Iterable[Finding]:
    return [each for members in found.values() for each in members]


def mend(text: str, path: str = RECORD) -> Result:
    return fixing.mend({path: text}, look, everything)


def mended(text: str, path: str = RECORD) -> str:
    return mend(text, path).texts.get(path, text)


def codes(text: str, path: str = RECORD) -> Counter[str]:
    return Counter(found.code for found in look({path: text})[path])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_all_at_once_and_every_other_byte_stays(newline: str, mark: str) -> None:
    result = mend(mark + SLOPPY.replace("\n", newline))
    after = re.sub(r"\bh[0-9a-f]{16}\b", "h1c62c4ed73fb60b9", result.texts[RECORD])
    assert after == mark + TIDY.replace("\n", newline)
    assert result.refused == ()
    assert codes(result.texts[RECORD]) == Counter()


def test_what_needs_no_fix_is_not_touched() -> None:
    assert mend((MINIMAL / RECORD).read_text(encoding="utf-8")) == Result({}, {}, (), ())


# -- what is kept ------------------------------------------------------------------------------------------------------------


def test_a_fix_that_brings_out_another_mistake_is_taken_back() -> None:
    """The phase would end before it starts: so the zone of the knowledge base was not what its author had in mind."""
    text = (
        (MINIMAL / RECORD)
        .read_text(encoding="utf-8")
        .replace("level: outage, from: 2025-01-15T02:30:00Z", "level: outage, from: 2025-01-15T05:30:00")
    )
    result = mend(text)
    assert result.texts == {}
    (refusal,) = result.refused
    assert (refusal.finding.code, refusal.finding.span.line) == ("IB202", 17)
    assert refusal.because.startswith("IB203 would be found instead: Phase `p1` ends at ")


def test_the_others_of_the_file_are_kept() -> None:
    text = (MINIMAL / RECORD).read_text(encoding="utf-8").replace("severity: sev1", "severity: SEV-1")
    text = text.replace("level: outage, from: 2025-01-15T02:30:00Z", "level: Outage, from: 2025-01-15T05:30:00")
    result = mend(text)
    assert [found.code for found in result.mended] == ["IB104", "IB104"]
    assert "level: outage, from: 2025-01-15T05:30:00," in result.texts[RECORD]


def test_what_comes_to_light_and_can_be_mended_is() -> None:
    text = (MINIMAL / RECORD).read_text(encoding="utf-8")
    assert mended(text.replace("severity: sev1", "Severity: SEV-1")) == text


def test_what_comes_to_light_and_cannot_be_mended_takes_all_back_that_led_to_it() -> None:
    """Once its offset is there the entry stands too high, and the comment above the first one says nobody knows what of."""
    text = (MINIMAL / RECORD).read_text(encoding="utf-8")
    text = text.replace("timeline:\n", "timeline:\n  # from the pager\n")
    text = text.replace("{id: t1, at: 2025-01-15T02:30:00Z", "{id: t1, at: 2025-01-15T04:46:00")
    result = mend(text)
    assert result.texts == {}
    assert [refusal.finding.code for refusal in result.refused] == ["IB202"]


# -- the machinery, with findings of its own -------------------------------------------------------------------------------------


def rule(code: str, word: str, new: str, *, safe: bool = True) -> fixing.Look:
    """Return a look that finds ``word`` wherever it stands, and offers ``new`` for it."""

    def find(texts: Mapping[str, str]) -> Found:
        return {
            path: tuple(
                Finding(code, word, path, Span(1, hit.start() + 1, 1, hit.end() + 1), f"{word} {hit.start()}",
                        fix=Fix(f"Write {new}", (Edit(hit.start(), hit.end(), new),), safe))
                for hit in re.finditer(re.escape(word), text)
            )
            for path, text in texts.items()
        }  # fmt: skip

    return find


def both(first: fixing.Look, second: fixing.Look) -> fixing.Look:
    def find(texts: Mapping[str, str]) -> Found:
        one, two = first(texts), second(texts)
        return {path: (*one[path], *two[path]) for path in texts}

    return find


def test_edits_that_touch_wait_for_the_next_pass() -> None:
    finder = both(rule("A100", "ab", "x"), rule("B100", "bc", "y"))
    result = fixing.mend({"f": "abc bc"}, finder, everything)
    assert result.texts == {"f": "xc y"}
    assert [found.code for found in result.mended] == ["A100", "B100"]


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (Edit(1, 2, "x"), "AxcdE"),
        (Edit(2, 4, "x"), "AbxE"),
        (Edit(6, 6, "x"), "AbcdEx"),
        (Edit(3, 5, "x"), "AbcdE"),
        (Edit(4, 4, "x"), "AbcdE"),
        (Edit(5, 6, "x"), "AbcdE"),
    ],
)
def test_a_fix_fits_between_the_edits_of_another_or_waits(edit: Edit, text: str) -> None:
    first = Finding("A100", "x", "f", Span(1, 1), "first", fix=Fix("x", (Edit(0, 1, "A"), Edit(4, 6, "E"))))
    second = Finding("B100", "x", "f", Span(1, 2), "second", fix=Fix("x", (edit,)))

    def find(texts: Mapping[str, str]) -> Found:
        return {"f": (first, second) if texts["f"] == "abcdef" else ()}

    assert fixing.mend({"f": "abcdef"}, find, everything).texts == {"f": text}


def test_a_file_may_take_more_passes_than_another() -> None:
    finder = both(rule("A100", "a", "b"), rule("B100", "b", "c"))
    result = fixing.mend({"f": "a", "g": "b"}, finder, everything)
    assert result.texts == {"f": "c", "g": "c"}
    assert [(found.code, found.path) for found in result.mended] == [("A100", "f"), ("B100", "g"), ("B100", "f")]


def test_what_nobody_can_mend_and_was_there_before_is_no_hindrance() -> None:
    finder = both(rule("A100", "a", "b"), rule("B100", "?", "", safe=False))
    assert fixing.mend({"f": "a ?"}, finder, everything).texts == {"f": "b ?"}


def test_what_stands_only_beside_a_refused_fix_is_taken_back_with_it() -> None:
    """Once f is left as it is, g may not change either."""

    def of_both(texts: Mapping[str, str]) -> Found:
        said = "g does not go with f"
        found = [Finding("Y100", "y", "g", Span(1, 1), said)] if texts.get("g") == "b" and texts.get("f") == "a" else []
        return {path: tuple(each for each in found if each.path == path) for path in texts}

    def of_f(texts: Mapping[str, str]) -> Found:
        found = Finding("X100", "x", "f", Span(1, 1), "f may not be b")
        return {path: (found,) if path == "f" and text == "b" else () for path, text in texts.items()}

    result = fixing.mend({"f": "a", "g": "a"}, both(rule("A100", "a", "b"), both(of_f, of_both)), everything)
    assert (result.texts, result.mended) == ({}, ())
    assert [(refusal.finding.path, refusal.because) for refusal in result.refused] == [
        ("f", "X100 would be found instead: f may not be b"),
        ("g", "Y100 would be found instead: g does not go with f"),
    ]


def test_an_unsafe_fix_is_never_applied() -> None:
    assert fixing.mend({"f": "a"}, rule("A100", "a", "b", safe=False), everything).texts == {}


def test_what_never_settles_is_taken_back() -> None:
    result = fixing.mend({"f": "a"}, rule("A100", "a", "aa"), everything)
    assert result.texts == {}
    assert [refusal.because for refusal in result.refused] == ["it would still be found"]


def test_what_comes_to_light_and_proves_past_mending_costs_the_fix_that_led_to_it_and_no_other() -> None:
    first, second = rule("A100", "a", "b"), both(rule("B100", "b", "c"), rule("C100", "c", "", safe=False))
    others = both(rule("D100", "d", "e"), rule("E100", "x", "x "))
    result = fixing.mend({"f": "a d x", "g": "d"}, both(both(first, second), others), everything)
    assert result.before == {"f": "a d x", "g": "d"}
    assert result.texts == {"f": "a e x", "g": "e"}
    assert sorted((found.code, found.path) for found in result.mended) == [("D100", "f"), ("D100", "g")]
    assert [(refusal.finding.code, refusal.because) for refusal in result.refused] == [
        ("A100", "B100 would be found instead: b 0"),
        ("E100", "it would still be found"),
    ]


def test_a_refusal_says_what_would_be_found_instead() -> None:
    later, sooner = rule("B100", "!", "", safe=False), rule("C100", "?", "", safe=False)
    result = fixing.mend({"f": "a a"}, both(rule("A100", "a", "?!"), both(sooner, later)), everything)
    assert [(refusal.finding.span.column, refusal.because) for refusal in result.refused] == [
        (1, "B100 would be found instead: ! 1"),
        (3, "B100 would be found instead: ! 3"),
    ]


def test_a_fix_that_mends_nothing_is_refused() -> None:
    result = fixing.mend({"f": "a"}, rule("A100", "a", "a "), everything)
    assert (result.texts, [refusal.because for refusal in result.refused]) == ({}, ["it would still be found"])


def test_two_that_undo_each_other_come_to_an_end() -> None:
    finder = both(rule("A100", "a", "b"), rule("B100", "b", "a"))
    assert fixing.mend({"f": "a"}, finder, everything).texts == {}


def test_only_what_is_wanted_is_mended() -> None:
    chosen = {"f": "", "g": "a"}

    def wanted(texts: Mapping[str, str], found: Found) -> Iterable[Finding]:
        return [each for path, members in found.items() for each in members if chosen[path] == texts[path]]

    result = fixing.mend({"f": "a", "g": "a"}, rule("A100", "a", "b"), wanted)
    assert result.texts == {"g": "b"}


def test_one_bad_fix_among_many_costs_few_looks() -> None:
    looks = 0

    def counted(texts: Mapping[str, str]) -> Found:
        nonlocal looks
        looks += 1
        return both(rule("A100", "a", "b"), rule("B100", "!b", "", safe=False))(texts)

    text = "a" * 200 + "!a" + "a" * 200
    assert fixing.mend({"f": text}, counted, everything).texts == {"f": "b" * 200 + "!a" + "b" * 200}
    assert looks < 60


# -- properties --------------------------------------------------------------------------------------------------------------

# What a tired person writes for what is meant: some of it can be mended, some of it only looks so.
SLIPS: list[tuple[str, list[str]]] = [
    (
        "status: resolved",
        ["status: Resolved", "Status: resolved", "status: ' resolved'", "status: closed!", "status: &s Resolved"],
    ),
    (
        "severity: sev1",
        ["severity: SEV-1", "Severity: Sev 1", "severity: 1", "severity: |\n  sev1\n", "severity: *s"],
    ),
    ("type: availability", ['type: "Availability"', "type: avail", "TYPE: availability", "type : AVAILABILITY"]),
    ("disclosure: public", ["disclosure: Public", "Disclosure: public", "disclosure: restricted"]),
    (
        "services: [public-api]",
        ["services: public-api", "services: [Public_API]", "services:\n  - public api\n  # one\n"],
    ),
    (
        "started: 2025-01-15T02:30:00Z",
        ["started: 2025-01-15 02:30", "started: 2025-03-30T01:30:00", "started: '2025-01-15t02:30:00'"],
    ),
    (
        "resolved: 2025-01-15T04:45:00Z",
        [
            "resolved: 2024-10-27T01:30:00",
            "resolved: {at: 2025-01-15 04:45, confidence: High}",
            "Resolved: 2025-01-15T04:45:00+0100",
        ],
    ),
    (
        "{id: p1, level: outage",
        ["{level: Outage", "{ id: p1 , Level: outage", "{level: outage", "{id: p1, level: out-age"],
    ),
    (
        "  - {id: t1, at: 2025-01-15T02:30:00Z",
        [
            "  - {at: 2025-01-15T04:50:00Z",
            "  # first\n  - {id: t1, at: 2025-01-15T04:50:00",
            "  - {AT: 2025-01-15T02:30:00Z",
        ],
    ),
    (
        "  - {id: t2, at: 2025-01-15T04:45:00Z, kind: recovery, text: Requests succeed again}",
        [
            "  # 🚢 behind\n  - at: 2025-01-15T02:00:00Z\n    text: |\n      # in it\n      x\n    # below\n",
            "\n  - {id: t1, at: 2025-01-15T02:00:00Z, text: x}   # behind",
            "  # alone\n\n  - id: t2\n    at: 2025-01-15T02:00:00Z\n    text: >+\n      kept\n\n",
            "  - &t {id: t2, at: 2025-01-15T02:00:00Z, text: x}\n  - *t",
        ],
    ),
    (
        "{text: Alert on replication lag, action",
        ["{Text: Alert on replication lag, action", "{text: 404, action"],
    ),
]


@st.composite
def sloppy(draw: st.DrawFn) -> str:
    text = (MINIMAL / RECORD).read_text(encoding="utf-8")
    for good, slips in SLIPS:
        text = text.replace(good, draw(st.sampled_from([good, good, *slips])))
    text = (
        draw(st.sampled_from(["", "# 漢字 🚢\n", "---\n"]))
        + text
        + draw(st.sampled_from(["", "# the end", "exercise: yes\n"]))
    )
    return draw(st.sampled_from(["", "", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"#[^\r\n]*", text))


@settings(max_examples=120)
@given(sloppy())
@example(SLOPPY)
@example(SLOPPY.replace("\n", "\r"))
def test_nothing_gets_worse_no_comment_is_lost_and_twice_is_once(text: str) -> None:
    result = mend(text)
    after = result.texts.get(RECORD, text)
    assert mended(after) == after
    before, left = codes(text), codes(after)
    assert all(left[code] <= before[code] for code in left)
    assert not result.texts or sum(left.values()) < sum(before.values())
    assert comments(after) == comments(text)
    assert ("\r\n" in text) == ("\r\n" in after)
    level = "[Dd]isclosure:[^\r\n]*"
    assert re.findall(level, after) == re.findall(level, text)
    changed = Counter(text.splitlines()) - Counter(after.splitlines())
    mends = {found.fix for found in result.mended if found.code != "IB210"}
    assert changed.total() <= 2 * len(mends), "a line changes for a reason, and moves whole"
