"""A suppression or a setting that names no rule.

What it checks
    What a comment `# inc: ignore[…]` and the lists `ignore` and `grades` of `policy/checks.yml` name is a rule: its code
    (`IB801`), the start of one (`IB8`), its name (`blame`) or its family (`language`). The rules about suppressions are none
    that a comment could name. A comment that begins like a suppression can be read as one.

Why it matters
    A misspelt name keeps nothing back and sets nothing, and says so nowhere else.

Bad example
    # incidents/2025/INC-2025-001.yml (whole)
    id: INC-2025-001
    # inc: ignore[IB8O1] the status page put it like this
    title: An engineer took the primary down by mistake

Good example
    # incidents/2025/INC-2025-001.yml (whole)
    id: INC-2025-001
    # inc: ignore[IB801] the status page put it like this
    title: An engineer took the primary down by mistake
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from incidentbook import rules
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, Rule, suppressions, walk, words
from incidentbook.rules.context import Context

CODE = "IB013"
NAME = "unknown-rule"
SUMMARY = "A suppression or a setting of the checker names no rule"
GRADE = Grade.ERROR
_HINT = "`inc rule` lists the codes, names and families that there are."


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield every word of a suppression, and of the checker's policy, that names no rule."""
    is_known = functools.cache(lambda word: bool(suppressions.named(word, rules.discover())))
    for suppression in suppressions.of_file(entry, context):
        if not suppression.words:
            hint = "Write `inc: ignore[CODE] reason`, or `inc: ignore-file[CODE] reason` for the whole file."
            yield Hit(
                Place(entry, span=suppression.span), "This suppression cannot be read, so it keeps nothing back", hint
            )
        for word in suppression.words:
            if not is_known(word.text):
                yield Hit(Place(entry, span=word.span), *_said(word.text))
    if entry.kind == "checks":
        yield from _in_policy(entry)


def _in_policy(entry: Entry[Any]) -> Iterator[Hit]:
    value, known = entry.document.value, rules.discover()
    for path, word in walk.all_texts(value, ("ignore.*", "paths.*.ignore.*")):
        if not any(rule.answers_to(word) for rule in known):
            yield Hit(Place(entry, path), _unknown(word, known), _HINT)
    for path, grades in [*walk.find(value, "grades"), *walk.find(value, "paths.*.grades")]:
        for word in grades if isinstance(grades, dict) else ():
            if not any(rule.answers_to(word) for rule in known):
                yield Hit(Place(entry, (*path, word), key=True), _unknown(word, known), _HINT)


def _said(word: str) -> tuple[str, str]:
    if any(rule.answers_to(word) for rule in rules.discover()):
        return f"No comment keeps back what `{word}` finds", "Mend it; it is about comments like this one."
    return _unknown(word, rules.discover()), _HINT


def _unknown(word: str, known: tuple[Rule, ...]) -> str:
    terms = [term for rule in known for term in (rule.code, rule.name, rule.family)]
    return f"There is no rule `{words.shown(word)}`{words.suggestion(word, terms)}"
