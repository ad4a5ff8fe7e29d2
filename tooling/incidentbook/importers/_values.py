"""Small questions that every importer asks of a source's values. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from incidentbook.importers._model import Oddity
from incidentbook.records.entries import content_id
from incidentbook.records.time import parse_time

_ENTRY_ID = re.compile(r"[A-Za-z0-9._-]{2,60}\Z")
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_URL = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+\Z")
MAX_SLUG = 64


def text_of(raw: Mapping[str, Any], key: str) -> str:
    """Return the text at ``key``; numbers as text, empty for anything else."""
    value = raw.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def time_of(raw: Mapping[str, Any], key: str, oddities: set[Oddity]) -> str:
    """Return the time at ``key`` as it is written; empty, and an oddity, where something stands there that is no time."""
    value = raw.get(key)
    if isinstance(value, str) and not value.startswith("0") and parse_time(value) is not None:
        return value
    if value not in (None, ""):
        oddities.add(Oddity.UNREADABLE_TIME)
    return ""


def as_it_is(raw: Mapping[str, Any], key: str, title: str, oddities: set[Oddity]) -> set[str]:
    """Return the key of a title that a record holds as the source has it; an oddity where there is no title."""
    if not title:
        oddities.add(Oddity.NO_TITLE)
    return {key} if title and title == raw.get(key) else set()


def instant(text: str) -> dt.datetime:
    """Return a readable time as an instant to sort by."""
    return parse_time(text) or dt.datetime.min.replace(tzinfo=dt.UTC)


def later(*times: str) -> str:
    """Return the latest of some readable times, as it is written; empty ones count for nothing."""
    found = [(at, text) for text in times if (at := parse_time(text)) is not None]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


def odd_times(started: str, created: str, resolved: str) -> set[Oddity]:
    """Return what contradicts itself among the times of one incident."""
    start, report, end = parse_time(started), parse_time(created), parse_time(resolved)
    found: set[Oddity] = set()
    if start and report and start > report:
        found.add(Oddity.START_AFTER_CREATION)
    if start and end and start == end:
        found.add(Oddity.ZERO_DURATION)
    if start and end and end < start:
        found.add(Oddity.ENDS_BEFORE_START)
    return found


def odd_text(text: str) -> set[Oddity]:
    """Return what is odd about the text of an update."""
    if not text.strip():
        return {Oddity.EMPTY_TEXT}
    return {Oddity.HTML_IN_TEXT} if _HTML.search(text) else set()


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space as one blank."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """Return ``text`` for a terminal: on one line, with a blank for every sign that would steer it."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def url_or_empty(text: str) -> str:
    """Return ``text`` where it is a full address."""
    return text if _URL.match(text) else ""


def rest(raw: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Return what of ``raw`` has no field of its own here: everything that is not in ``taken`` and not null."""
    return {key: without_nulls(value) for key, value in raw.items() if key not in taken and value is not None}


def without_nulls(value: Any) -> Any:
    """Return ``value`` without keys whose value is null, at any depth."""
    if isinstance(value, Mapping):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def entry_id(prefix: str, source_id: str, content: object) -> str:
    """Return an entry's id: the source's own behind ``prefix``, or a hash of ``content`` where it has no usable one."""
    if source_id and _ENTRY_ID.match(f"{prefix}-{source_id}"):
        return f"{prefix}-{source_id}"
    return f"{prefix}-{content_id([source_id, content])}"


def slug(text: str) -> str:
    """Return ``text`` as a slug; one made from a hash where no letter or digit of a to z, 0 to 9 is in it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_SLUG].strip("-")
    return made or f"service-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
