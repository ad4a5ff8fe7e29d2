"""``inc rule``: what a rule of the checker checks, why, and what to do about it, without leaving the terminal."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import click

from incidentbook import rules
from incidentbook.cli import _context
from incidentbook.errors import NotFoundError
from incidentbook.finding import Grade
from incidentbook.rules import Rule, documentation, words

WIDTH = 80
EPILOG = """\b
Examples:
  inc rule                 all rules, by family
  inc rule IB101           one rule: what, why, a bad and a good example
  inc rule missing-key     the same, by its name
  inc rule time            the rules of a family, or of a code: IB2
  inc rule IB101 --json | jq -r .why_it_matters
"""


@click.command(epilog=EPILOG)
@click.argument("word", required=False, metavar="[CODE|NAME|FAMILY]")
@_context.json_option
def command(word: str | None, *, as_json: bool) -> None:
    """Explain a rule of the checker; without a word, list them all."""
    known = rules.discover()
    one = (
        None if word is None else next((rule for rule in known if word.upper() == rule.code or word == rule.name), None)
    )
    if one is not None:
        if as_json:
            _context.print_json(_whole(one))
        else:
            _show(documentation.to_text(one, WIDTH))
        return
    chosen = known if word is None else [rule for rule in known if rule.answers_to(word)]
    if word is not None and not chosen:
        raise NotFoundError(
            f"There is no rule {word!r}{words.suggestion(word, _names(known))}", hint="`inc rule` lists all of them."
        )
    if as_json:
        _context.print_json([_short(rule) for rule in chosen])
    else:
        _show("\n".join(_listed(chosen)))


def _names(known: Sequence[Rule]) -> list[str]:
    return [name for rule in known for name in (rule.code, rule.name, rule.family)]


def _listed(chosen: Sequence[Rule]) -> Iterator[str]:
    """Yield the rules below the names of their families, in the order of their codes."""
    longest = max(len(rule.name) for rule in chosen)
    for family, members in itertools.groupby(chosen, key=lambda rule: rule.family):
        yield family
        for rule in members:
            label = f"  {rule.code}  {rule.name:<{longest}}  "
            text = f"{rule.summary}{'' if rule.grade is Grade.ERROR else f' ({rule.grade.value})'}"
            yield from textwrap.wrap(text, WIDTH, initial_indent=label, subsequent_indent=" " * len(label))
        yield ""
    yield f"{len(chosen)} rule{'' if len(chosen) == 1 else 's'}; `inc rule {chosen[0].code}` explains one."


def _show(text: str) -> None:
    """Print lines as they are, headings bold where the reader sees it."""
    console = _context.console()
    for line in text.splitlines():
        heading = line != "" and not line[0].isspace()
        console.print(line, style="bold" if heading else None, soft_wrap=True)


def _short(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "grade": rule.grade.value,
        "summary": rule.summary,
        "fixable": bool(rule.fix),
    }


def _whole(rule: Rule) -> dict[str, Any]:
    """Return everything that its documentation says; a key for each heading."""
    said = documentation.read(rule)
    sections: dict[str, Any] = {}
    for heading, text in said.sections:
        key = heading.lower().replace(" ", "_")
        sections[key] = (
            [{"path": file.path, "whole": file.whole, "text": file.text} for file in documentation.examples(text)]
            if heading in documentation.EXAMPLES
            else " ".join(text.split())
        )
    kinds = None if rule.kinds is None else sorted(rule.kinds)
    return {**_short(rule), "kinds": kinds, "title": said.title, **sections}
