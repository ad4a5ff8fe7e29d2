"""The same as `facts.read`, fifty times as fast for the texts that people and this tool write; for others it asks that one."""

from __future__ import annotations

import functools
import re

from incidentbook.history import facts
from incidentbook.history.facts import SEVERITIES, STATUSES, Facts, IncidentFacts, ItemFacts, PostmortemFacts
from incidentbook.history.plain_yaml import is_plain
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.build import build
from incidentbook.records.time import parse_date
from incidentbook.source import load
from incidentbook.yaml12 import resolve

# a value that is its own text, perhaps in quotes; anything else is left to the loader
_WORD = re.compile(rb" *(?:([A-Za-z0-9](?:[A-Za-z0-9._/-]| (?=[A-Za-z0-9]))*)|'([^']*)'|\"([^\"\\]*)\") *(?: #.*)?\Z")
_WORDS_IN_BRACKETS = re.compile(rb" *\[((?:[A-Za-z0-9-]+(?:, [A-Za-z0-9-]+)*+)?)\] *\Z")
_MAPPING = re.compile(rb"[A-Za-z_][A-Za-z0-9_.-]*:[ \n]")
_LEAD = re.compile(rb"\n *- ")
_DASHED = re.compile(rb"\n *- ([A-Za-z0-9-]+) *(?=\n)")
_KEYS = rb"(id|status|due|owner|priority|accepted_until|completed|waiver|occurrences):([^\n]*)"
_ACTION_STATUSES = frozenset(status.value for status in ActionStatus)


class UnsureError(Exception):
    """The text may mean something else than it looks like."""


class Reader:
    """Reads versions of files, and each action item once however many versions hold it.

    Attributes:
        asked: how many versions were left to the loader.

    """

    def __init__(self) -> None:
        self.asked = 0
        self._items: dict[bytes, ItemFacts] = {}
        self._patterns: dict[bytes, re.Pattern[bytes]] = {}

    def read(self, path: str, data: bytes) -> Facts | None:
        """Return what `facts.read` returns."""
        try:
            return self._postmortem(data) if path.startswith("postmortems/") else _incident(data)
        except UnsureError:
            self.asked += 1
            return facts.read(path, data)

    def _postmortem(self, data: bytes) -> PostmortemFacts:
        data = _with_line_feeds(data)
        end = data.find(b"\n---", 3)
        if not data.startswith(b"---\n") or end < 0 or data[end + 4 : end + 5] not in (b"\n", b""):
            raise UnsureError
        text = data[3 : end + 1]
        if not (is_plain(text[1:]) and _is_utf8(data)):
            raise UnsureError
        return PostmortemFacts(_word(text, b"status"), _incidents(text), self._action_items(text))

    def _action_items(self, text: bytes) -> tuple[ItemFacts, ...]:
        block = _block(text, b"action_items")
        if block.lstrip(b" ") in (b"", b"\n", b"[]\n"):
            return ()
        found = _LEAD.match(block)
        if found is None:
            raise UnsureError
        lead = found.group()  # a line end, and how far in the dashes stand
        return tuple(self._item(lead, item) for item in block.split(lead)[1:])

    def _item(self, lead: bytes, text: bytes) -> ItemFacts:
        found = self._items.get(text)
        if found is None:
            try:
                found = self._quick_item(lead, text)
            except UnsureError:
                value = load((lead + text).decode("utf-8")).value
                built = build(ActionItem, value[0]) if isinstance(value, list) and len(value) == 1 else None
                if built is None:  # a text, say, where a mapping should be: whoever reads the whole leaves it out
                    raise
                found = facts.item(built)
            self._items[text] = found
        return found

    def _quick_item(self, lead: bytes, text: bytes) -> ItemFacts:
        pattern = self._patterns.get(lead)
        if pattern is None:
            pattern = self._patterns[lead] = re.compile(b"\n" + b" " * (len(lead) - 1) + _KEYS)
        pairs = pattern.findall(b"\n" + b" " * (len(lead) - 1) + text)
        given = dict(pairs)
        if len(given) < len(pairs) or b"waiver" in given or b"occurrences" in given or not _MAPPING.match(text):
            raise UnsureError
        known = {key.decode("ascii"): _plain(value) for key, value in given.items()}
        for key in ("due", "accepted_until", "completed"):
            known[key] = known.get(key, "") if parse_date(known.get(key)) else ""
        if known.get("status", "") not in _ACTION_STATUSES:
            known["status"] = ""
        return ItemFacts(**known)


def _incident(data: bytes) -> IncidentFacts:
    text = _with_line_feeds(data)
    if not is_plain(text):
        raise UnsureError
    text = b"\n" + text
    status, severity = _word(text, b"status"), _word(text, b"severity")
    return IncidentFacts(
        _word(text, b"id"), status if status in STATUSES else "", severity if severity in SEVERITIES else ""
    )


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _with_line_feeds(data: bytes) -> bytes:
    """Return ``data`` with line feeds for line ends, the last line's too."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    return data if data.endswith(b"\n") else data + b"\n"


def _word(text: bytes, key: bytes) -> str:
    """Return the text behind the first top-level ``key``; empty where there is none. Raises UnsureError."""
    start = text.find(b"\n" + key + b":")
    if start < 0:
        return ""
    start += len(key) + 2
    return _plain(text[start : text.find(b"\n", start)])


@functools.lru_cache(maxsize=1 << 14)  # teams, days and states come again and again
def _plain(value: bytes) -> str:
    """Return a value that is a text and written as it is; empty where it is no text, and where there is none."""
    if not value:
        raise UnsureError  # what follows may be nested, a list or nothing
    found = _WORD.match(value)
    if found is None:
        raise UnsureError
    word, *quoted = found.groups()
    if word is None:
        return next(text for text in quoted if text is not None).decode("utf-8")
    text = resolve(word.decode("ascii"))
    return text if isinstance(text, str) else ""


def _block(text: bytes, key: bytes) -> bytes:
    """Return what stands behind the first top-level ``key`` and below it, up to the next one."""
    start = text.find(b"\n" + key + b":")
    if start < 0:
        return b""
    start += len(key) + 2
    end = _NEXT.search(text, start)
    return text[start : end.start() + 1 if end else len(text)]


_NEXT = re.compile(rb"\n(?=[A-Za-z_])")


def _incidents(text: bytes) -> tuple[str, ...]:
    block = _block(text, b"incidents")
    if not block:
        return ()
    line, _, below = block.partition(b"\n")
    if not below:
        found = _WORDS_IN_BRACKETS.match(line)
        if found is None:
            raise UnsureError
        names = found[1].split(b", ") if found[1] else []
    else:
        names = _DASHED.findall(b"\n" + below)
        if line or len(names) != below.count(b"\n"):
            raise UnsureError
    texts = [resolve(name.decode("ascii")) for name in names]
    return tuple(text for text in texts if isinstance(text, str))
