"""Rules of the checker: one module a rule under ``rules/<family>/``, found by its name.

A rule module has a docstring with the headings *What it checks*, *Why it matters*, *Bad example* and *Good example*, the
constants ``CODE``, ``NAME``, ``SUMMARY`` and ``GRADE``, perhaps ``KINDS`` (the kinds of file that it reads; all when absent) and
``FIX`` (what its fixes change, in a sentence; it offers none when absent), and

- ``check(entry, context)``, which yields a `Hit` for what one file shows, or
- ``finalize(context)``, which yields a `Hit` for what belongs to no file that is read, or both.

A rule prints nothing and reads no file. Third parties add theirs as modules under the entry point group ``incidentbook.rules``.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

from incidentbook.entry import Entry
from incidentbook.errors import IncidentbookError
from incidentbook.finding import Fix, Grade
from incidentbook.frozen import frozen
from incidentbook.rules.context import Context
from incidentbook.span import Span

KeyPath = tuple[str | int, ...]
HEADINGS = ("What it checks", "Why it matters", "Bad example", "Good example")
GROUP = "incidentbook.rules"
_CODE = re.compile(r"[A-Z]{2,8}[0-9]{3}\Z")


@frozen
class Place:
    """A place by its meaning: a file, and the keys that lead to a value in it.

    Attributes:
        entry: the file, or its path where it is not one of the knowledge base's records.
        path: keys and indexes from the root of its data; the whole file when empty.
        key: the key itself is meant, not its value.
        message: what is to be said of this place, when it is not the first of a finding.
        span: the exact place, where the rule knows it better than the path can say.

    """

    entry: Entry[Any] | str
    path: KeyPath = ()
    key: bool = False
    message: str = ""
    span: Span | None = None


@frozen
class Hit:
    """What a rule yields: a place by its meaning, and a sentence. The engine makes a finding with line and column of it."""

    at: Place
    message: str
    hint: str = ""
    related: tuple[Place, ...] = ()
    fix: Fix | None = None
    grade: Grade | None = None  # where it differs from the rule's: what nobody can change any more fails no run


Check = Callable[[Entry[Any], Context], Iterator[Hit]]
Finalize = Callable[[Context], Iterator[Hit]]


@frozen
class Rule:
    """A rule as the engine sees it."""

    code: str
    name: str
    family: str
    summary: str
    grade: Grade
    documentation: str
    kinds: frozenset[str] | None = None
    check: Check | None = None
    finalize: Finalize | None = None
    fix: str = ""

    def answers_to(self, word: str) -> bool:
        """Whether ``word`` names it: its code or the start of it (``IB2``), its name or its family."""
        return word in (self.name, self.family) or (word != "" and self.code.startswith(word.upper()))


@functools.cache
def discover() -> tuple[Rule, ...]:
    """Return every rule, those of this package and of entry points, sorted by code.

    Raises:
        IncidentbookError: a module is not a rule, or two rules share a code or a name.

    """
    found = [_rule(module, family) for family, module in [*_own(), *_foreign()]]
    found.sort(key=lambda rule: rule.code)
    for field in ("code", "name"):
        seen: dict[str, Rule] = {}
        for rule in found:
            value = getattr(rule, field)
            if value in seen:
                raise IncidentbookError(f"Two rules have the {field} {value}: {seen[value].family} and {rule.family}")
            seen[value] = rule
    return tuple(found)


def foreign_files() -> Iterator[str]:
    """Yield the source files of the rules that other packages bring along."""
    import inspect  # noqa: PLC0415 - slow, and only they need it

    for _, module in _foreign():
        yield inspect.getsourcefile(module) or ""


def choose(rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that ``select`` names (all when it is empty) without those that ``ignore`` names.

    Raises:
        IncidentbookError: a word names no rule.

    """
    for word in (*select, *ignore):
        if not any(rule.answers_to(word) for rule in rules):
            from incidentbook.rules.words import suggestion  # noqa: PLC0415 - only a mistake needs it

            known = [rule.code for rule in rules] + [rule.name for rule in rules] + [rule.family for rule in rules]
            raise IncidentbookError(
                f"There is no rule {word!r}{suggestion(word, known)}", hint="Codes look like IB101."
            )
    return tuple(
        rule
        for rule in rules
        if (not select or any(map(rule.answers_to, select))) and not any(map(rule.answers_to, ignore))
    )


def _own() -> Iterator[tuple[str, ModuleType]]:
    for family in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        if not family.ispkg:
            continue
        package = importlib.import_module(f"{__name__}.{family.name}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
            if not module.name.startswith("_"):
                yield family.name, importlib.import_module(f"{package.__name__}.{module.name}")


def _foreign() -> Iterator[tuple[str, ModuleType]]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - reads the installed distributions

    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        yield point.name, point.load()


def _rule(module: ModuleType, family: str) -> Rule:
    missing = [name for name in ("CODE", "NAME", "SUMMARY", "GRADE") if not hasattr(module, name)]
    check, finalize = getattr(module, "check", None), getattr(module, "finalize", None)
    documentation = module.__doc__ or ""
    missing += [f"heading {heading!r}" for heading in HEADINGS if heading not in documentation]
    if check is None and finalize is None:
        missing.append("check or finalize")
    if missing:
        raise IncidentbookError(f"{module.__name__} is not a rule: it has no {', no '.join(missing)}")
    if not _CODE.match(module.CODE):
        raise IncidentbookError(f"{module.__name__} has the code {module.CODE!r}; a code looks like IB101")
    kinds = getattr(module, "KINDS", None)
    return Rule(
        code=module.CODE,
        name=module.NAME,
        family=family,
        summary=module.SUMMARY,
        grade=Grade(module.GRADE),
        documentation=documentation,
        kinds=None if kinds is None else frozenset(kinds),
        check=check,
        finalize=finalize,
        fix=getattr(module, "FIX", ""),
    )
