"""A changed policy held against the past: what it would judge otherwise, on the records as they are now.

Each module of ``concerns/`` is one question that policy answers. It has ``ORDER``, ``TITLE``, ``POLICY`` (the file whose
``effective_from`` says which incidents it judges), ``NOTE`` (how it judges, in a sentence) and

- ``reads(house)``, the part of the policies that the answers rest on, as values that can be compared,
- ``judge(bench)``, which yields a `Judged` for each thing that both ends judge,
- ``say(judged)``, which yields what differs in plain words.

A concern runs only where what it reads is not the same at both ends. All is pure: nothing here reads a file, Git or a clock.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

from incidentbook import duties
from incidentbook.alterations import told
from incidentbook.backtest import concerns
from incidentbook.backtest.bench import Bench, without_dates
from incidentbook.backtest.model import Backtest, Change, Judged, Outcome, Reclassified
from incidentbook.differences import Difference, differences
from incidentbook.entry import POLICY_TYPES, Entry
from incidentbook.repository import Repository

GROUP = "incidentbook.backtests"
_HOUSE = "knowledge-base"  # name and zone judge nothing: those of HEAD hold for both


@functools.cache
def registry() -> tuple[ModuleType, ...]:
    """Return the concerns in the order in which they are shown (``ORDER``, then name)."""
    names = (f"{concerns.__name__}.{item.name}" for item in pkgutil.iter_modules(concerns.__path__))
    modules = [importlib.import_module(name) for name in names if not name.rsplit(".", 1)[-1].startswith("_")]
    modules += [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))


def run(
    records: Repository, base: Mapping[str, Entry[Any]], now: dt.datetime, *, own_windows: bool = False
) -> Backtest:
    """Hold the policies of ``records`` (HEAD) and ``base`` against the records of HEAD.

    Args:
        records: the knowledge base at HEAD, or a view of it: only the records that it shows are judged.
        base: the policy files of BASE by name.
        now: what is open or not yet due is so at this instant.
        own_windows: judge objectives over their own windows at each incident's end, and not over calendar months.

    """
    head = records.policies
    before, after = without_dates(records, base), without_dates(records, head)
    outcomes: list[Outcome] = []
    read: set[str] = set()
    for module in registry():
        if module.reads(before) != module.reads(after):
            bench = Bench(before, after, now, own_windows=own_windows)
            outcomes.append(_outcome(module, bench, _since(module.POLICY, base, head)))
            read |= _touched(module, before, after)
    found = tuple(Change(kind, facts, kind in read) for kind, facts in _changes(base, head))
    return Backtest(found, tuple(outcomes), tuple(_moved_dates(records, base, now)))


def _outcome(module: ModuleType, bench: Bench, since: dt.date | None) -> Outcome:
    key = module.__name__.rsplit(".", 1)[-1]
    judged: list[Judged] = list(module.judge(bench))
    covered = [item for item in judged if item.day is None or since is None or item.day >= since]
    others = [item for item in judged if item.day is not None and since is not None and item.day < since]
    if others:
        bench.left[f"from before {since}"] = len(others)
    return Outcome(
        key=key,
        title=module.TITLE,
        policy=module.POLICY,
        since=since,
        judged=len(covered),
        left_out=dict(sorted(bench.left.items())),
        sentences=tuple(module.say(covered)),
        reclassified=_differing(key, covered),
        supposed=_differing(key, others),
        supposed_sentences=tuple(module.say(others)),
        notes=(module.NOTE,),
    )


def _differing(key: str, judged: Sequence[Judged]) -> tuple[Reclassified, ...]:
    return tuple(Reclassified.of(key, item) for item in judged if item.differs)


def _since(policy: str, *ends: Mapping[str, Entry[Any]]) -> dt.date | None:
    """Return the first day that the policy covers at both ends; an end without the file, or without a day, covers all."""
    return max(filter(None, (_effective(end.get(policy)) for end in ends)), default=None)


def _effective(entry: Entry[Any] | None) -> dt.date | None:
    return getattr(entry.record, "effective_from", None) if entry is not None else None


def _touched(module: ModuleType, before: Repository, after: Repository) -> set[str]:
    """Return the policies whose change alone changes what a concern reads, or all that changed where none does alone."""
    mine = module.reads(before)
    kinds = {*before.policies, *after.policies} - {_HOUSE}
    alone = {kind for kind in kinds if module.reads(_exchanged(before, after, kind)) != mine}
    return alone or kinds


def _exchanged(before: Repository, after: Repository, kind: str) -> Repository:
    """Return ``before`` with one policy of ``after``."""
    policies = {name: entry for name, entry in before.policies.items() if name != kind}
    if kind in after.policies:
        policies[kind] = after.policies[kind]
    return Repository(before.root, policies=policies)


def _changes(
    base: Mapping[str, Entry[Any]], head: Mapping[str, Entry[Any]]
) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    """Yield the policies of the past that do not say the same at both ends, with the facts that differ."""
    for kind in sorted({*base, *head} & set(POLICY_TYPES) - {_HOUSE}):
        one, other = (_named(told(end.get(kind))) for end in (base, head))
        facts = tuple(differences(one, other))
        if facts:
            yield kind, facts


def _named(value: Any) -> Any:
    """Return plain data in which criteria stand under what they measure, so that a changed one is told alone."""
    if isinstance(value, Mapping):
        return {key: _named(item) for key, item in value.items()}
    if isinstance(value, list):
        names = [str(item.get("measure", "")) if isinstance(item, Mapping) else "" for item in value]
        if value and all(names) and len(set(names)) == len(names):
            return {
                name: {key: _named(inner) for key, inner in item.items() if key != "measure"}
                for name, item in zip(names, value, strict=True)
            }
        return [_named(item) for item in value]
    return value


def _moved_dates(records: Repository, base: Mapping[str, Entry[Any]], now: dt.datetime) -> Iterator[str]:
    """Yield a sentence for each policy that takes effect on another day: how many incidents it judges no more, or newly."""
    past = [one for one in records.all_incidents() if not duties.exempt(one) and one.started and one.started <= now]
    days = [one.started.astimezone(records.zone).date() for one in past if one.started]
    for kind in sorted({*base, *records.policies} & set(POLICY_TYPES)):
        if kind not in base or kind not in records.policies:
            continue
        was, is_ = _effective(base[kind]), _effective(records.policies[kind])
        if was != is_:
            first, last = sorted((was or dt.date.min, is_ or dt.date.min))
            count = sum(first <= day < last for day in days)
            verb = "is" if count == 1 else "are"
            judged = "no longer" if (is_ or dt.date.min) == last else "newly"
            yield (
                f"policy/{kind}.yml takes effect on {is_ or 'no given day'} instead of {was or 'no given day'}: "
                f"{count} past incident{'' if count == 1 else 's'} {verb} {judged} judged by it"
            )
