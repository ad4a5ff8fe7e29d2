"""IB102: a key that means nothing, with the one that was meant; one message for one slip."""

from __future__ import annotations

from collections.abc import Callable

from incidentbook.finding import Finding

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"


def test_misspelt_key_that_is_needed_is_one_mistake(said: Said, base: Base) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "owner: database\n    due", "ownr: database\n    due")}) == [
        f"{POSTMORTEM}:11:5 IB102 `ownr` is not a key of an action item; did you mean `owner`?"
    ]


def test_other_spelling_of_a_known_key(said: Said, base: Base) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "action_items:", "Action-Items:")})[-1:] == [
        f"{POSTMORTEM}:7:1 IB102 `Action-Items` is not a key of a post-mortem; did you mean `action_items`?"
    ]


def test_key_on_the_wrong_level(check: Callable[..., list[Finding]], base: Base) -> None:
    (found,) = check({RECORD: base(RECORD) + "root_cause: x\n"})
    assert found.message == "`root_cause` is not a key of an incident"
    assert found.hint.startswith("Known keys: id, title,")
    (found,) = check({RECORD: base(RECORD, "disclosure: public", "disclosure: public\nphases: []")})
    assert found.hint == "It belongs below `impact`. Keys of your own start with `x-`."


def test_a_key_of_times_is_not_sent_below_one_of_them(check: Callable[..., list[Finding]], base: Base) -> None:
    (found,) = check({RECORD: base(RECORD, "  detected:", "  confidence: high\n  detected:")})
    assert (found.span.line, found.message) == (10, "`confidence` is not a key of `milestones`")
    assert found.hint.startswith("Known keys: started, detected,")


def test_keys_of_your_own_are_free(said: Said, base: Base) -> None:
    text = base(RECORD) + "x-ticket: {anything: [1, two]}\n"
    assert said({RECORD: text}) == []
    assert said({RECORD: text + "ticket: 1\n"}) == [f"{RECORD}:28:1 IB102 `ticket` is not a key of an incident"]


def test_two_keys_that_exclude_each_other(check: Callable[..., list[Finding]], base: Base) -> None:
    path = "policy/severities.yml"
    found = check({path: base(path, "at_least: 50}", "at_least: 50, more_than: 5m, is: true, other: 1}")})
    assert [(each.code, each.span.line, each.span.column, each.message) for each in found] == [
        ("IB102", 5, 59, "`more_than` does not go together with what stands beside it"),
        ("IB102", 5, 74, "`is` does not go together with what stands beside it"),
        ("IB102", 5, 84, "`other` is not a key of a criterion"),
    ]
    assert found[0].hint == "Remove one of the two."


def test_each_key_is_one_finding(said: Said, base: Base) -> None:
    found = said({RECORD: base(RECORD) + "sumary: x\nresolutoin: y\n"})
    assert [line.split()[0] for line in found] == [f"{RECORD}:27:1", f"{RECORD}:28:1"]


def test_no_fix_writes_a_key_twice(check: Callable[..., list[Finding]], base: Base) -> None:
    found = check({RECORD: base(RECORD) + "Summary: x\nSUMMARY: y\n"})
    assert [(each.message.split("; ")[1], each.fix) for each in found] == [("did you mean `summary`?", None)] * 2
