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


def test_keys_of_your_own_are_free(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD) + "x-ticket: {anything: [1, two]}\n"}) == []


def test_two_keys_that_exclude_each_other(said: Said, base: Base) -> None:
    path = "policy/severities.yml"
    assert said({path: base(path, "at_least: 50}", "at_least: 50, more_than: 5m}")}) == [
        f"{path}:5:59 IB102 `more_than` does not go together with what stands beside it"
    ]
