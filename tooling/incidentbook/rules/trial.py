"""What the rules would say if some files held other texts: nothing is written for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from incidentbook.entry import Entry
from incidentbook.finding import Finding
from incidentbook.repository import Repository
from incidentbook.rules import Rule, engine, keys
from incidentbook.rules.context import Context
from incidentbook.rules.fixing import Found, Look
from incidentbook.span import Span


def looker(context: Context, rules: Sequence[Rule]) -> Look:
    """Return a look by ``rules`` at files with other texts, all other files being as ``context`` knows them."""

    def look(texts: Mapping[str, str]) -> Found:
        repo = Repository(context.root)
        for path, entry in context.entries.items():
            repo.add(Entry.of_text(path, texts[path]) if path in texts else entry)
        trial = Context(repo, context.instant, context.unread)
        policy_changes = any(path.startswith("policy/") for path in texts)

        def keys_of(entry: Entry[object]) -> keys.Keys:
            return keys.of(entry, trial.house) if policy_changes or entry.path in texts else context.keys_of(entry)

        trial.keys_of = keys_of
        return {path: _looked(trial, path, rules) for path in texts}

    return look


def _looked(context: Context, path: str, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    looked = engine.look(context.entries[path], context, rules)
    broken = (Finding(code, code, path, Span(), str(failure)) for code, failure in looked.failures.items())
    return (*sorted(looked.findings, key=lambda found: found.sort_key), *broken)
