"""Words for messages: what a value is called, what was probably meant, and how to say a list."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

_THINGS = {
    "action_items": "an action item",
    "timeline": "a timeline entry",
    "phases": "a phase",
    "roles": "a role",
    "communications": "a communication",
    "transitions": "a transition",
    "severity_history": "a change of severity",
    "changes": "a change",
    "hypotheses": "a hypothesis",
    "evidence": "a piece of evidence",
    "immediate": "a remediation line",
    "short_term": "a remediation line",
    "long_term": "a remediation line",
    "risks": "a risk",
    "external": "an external link",
    "nodes": "a cause",
    "edges": "a link between causes",
    "five_whys": "a why",
    "steps": "a step",
    "services": "a service",
    "teams": "a team",
    "factors": "a factor",
    "channels": "a channel",
    "durations": "a duration",
    "severities": "a severity",
    "rotations": "a rotation",
    "overrides": "an override",
    "holidays": "a holiday",
    "obligations": "an obligation",
    "due": "a deadline",
    "criteria": "a criterion",
    "any": "a criterion",
    "supporting": "a criterion",
    "credits": "a credit",
}
_FILES = {"incident": "an incident", "postmortem": "a post-mortem", "playbook": "a playbook"}


def thing(kind: str, path: Sequence[str | int]) -> str:
    """Name the mapping at ``path`` of a file of ``kind`` with its article: ``an action item``, ``a phase``, ``a post-mortem``."""
    if not path:
        return _FILES.get(kind, f"policy/{kind}.yml")
    last, parent = path[-1], path[-2] if len(path) > 1 else None
    if isinstance(last, int) and isinstance(parent, str):
        return _THINGS.get(parent, f"an item of `{parent}`")
    if isinstance(parent, str) and parent in _THINGS and kind not in _FILES:
        return _THINGS[parent]
    return f"`{last}`"


def subject(path: Sequence[str | int]) -> str:
    """Name the value at ``path``: its key in backticks, ``item 2 of`` its list's key, or ``the file``."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        parents = [step for step in path[:-1] if isinstance(step, str)]
        return f"item {last + 1} of `{parents[-1]}`" if parents else f"item {last + 1}"
    return f"`{last}`"


def close(word: str, known: Iterable[str]) -> str | None:
    """Return the known term that ``word`` was probably meant to be, or None."""
    terms = list(known)
    plain = _plain(word)
    for term in terms:
        if _plain(term) == plain:
            return term
    found = difflib.get_close_matches(word, terms, 1, 0.7) or difflib.get_close_matches(plain, terms, 1, 0.7)
    return found[0] if found else None


def canonical(word: str, known: Iterable[str]) -> str | None:
    """Return the one known term from which ``word`` differs in case, blanks, hyphens and underscores only; else None."""
    plain = _folded(word)
    found = {term for term in known if _folded(term) == plain}
    return found.pop() if plain and len(found) == 1 else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean `x`?``, or nothing where no known term is close."""
    meant = close(word, known)
    return f"; did you mean `{meant}`?" if meant is not None else ""


def listing(words: Iterable[Any], limit: int = 12) -> str:
    """Return ``a, b and c``; a long list is cut and says how much longer it is."""
    shown = [str(word) for word in words]
    if len(shown) > limit:
        return f"{', '.join(shown[:limit])} and {len(shown) - limit} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "nothing"


def shown(value: Any, limit: int = 60) -> str:
    """Return a scalar as a reader would quote it, on one line and not too long."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int) and abs(value) >= 10**limit:  # Python refuses to write the longest ones out
        return "a very large number"
    text = " ".join(str(value).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def slug(text: str) -> str:
    """Return ``text`` as a slug: ``Database Team`` is ``database-team``; empty where nothing of it can stay."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def sentence(text: str) -> str:
    """Return ``text`` with its first letter large."""
    return text[:1].upper() + text[1:]


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word.casefold())


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())
