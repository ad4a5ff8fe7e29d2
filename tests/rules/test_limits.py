"""How much of one kind is found in one file."""

from __future__ import annotations

import itertools

from incidentbook.rules.limits import MOST_FIXES, MOST_HITS, until_too_many


def test_all_is_found_where_it_is_not_too_much() -> None:
    found = ["a", "b"] * (MOST_HITS + MOST_FIXES)
    assert list(until_too_many(found, str)) == found


def test_what_has_no_end_is_left_where_its_rule_cannot_but_say_so() -> None:
    found = list(until_too_many(itertools.cycle("aab"), str))
    assert MOST_HITS + MOST_FIXES < found.count("a") < 2 * MOST_HITS + MOST_FIXES
