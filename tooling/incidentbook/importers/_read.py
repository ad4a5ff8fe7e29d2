"""Reading a JSON file that somebody handed over: every way in which it can be broken ends in one sentence."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from incidentbook.errors import ImportFileError

STDIN = Path("-")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(path: Path) -> tuple[Any, tuple[str, ...]]:
    """Return the data in ``path``, or on standard input for `-`, and notes about what was odd in the file.

    Of a key that is given twice in one object both values stay, the later one as ``key (2)``. Half of a surrogate pair, which
    is no character, becomes the text of its escape.

    Raises:
        ImportFileError: the file is not JSON in UTF-8; the message gives file, line and column.
        OSError: it cannot be read.

    """
    data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise ImportFileError(f"{path}:{line}:{column}: byte 0x{data[error.start]:02X} is not UTF-8") from error
    doubled: set[str] = set()
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, doubled))
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:]
        raise ImportFileError(
            f"{path}:{error.lineno}:{error.colno}: this is not JSON: {what}", hint="Nothing was imported."
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of more digits than Python converts
        raise ImportFileError(f"{path}: the JSON cannot be read: {error}", hint="Nothing was imported.") from error
    notes = [
        f"the key `{key}` is given twice in one object; the later value is kept as `{key} (2)`"
        for key in sorted(doubled)
    ]
    if _SURROGATE.search(text):
        value, count = _whole_characters(value)
        if count:
            notes.append(f"{count} texts hold half of a surrogate pair; it is written as its escape, such as \\ud83d")
    return value, tuple(notes)


def _object(pairs: list[tuple[str, Any]], doubled: set[str]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    made = {}
    for key, value in pairs:
        name, count = key, 1
        while name in made:
            count += 1
            name = f"{key} ({count})"
        if count > 1:
            doubled.add(key)
        made[name] = value
    return made


def _whole_characters(value: Any) -> tuple[Any, int]:
    """Return ``value`` without lone surrogates, and how many texts had one."""
    if isinstance(value, str):
        whole = value.encode("utf-8", "backslashreplace").decode("utf-8")
        return whole, int(whole != value)
    if isinstance(value, list):
        items = [_whole_characters(item) for item in value]
        return [item for item, _ in items], sum(count for _, count in items)
    if isinstance(value, Mapping):
        pairs = [(_whole_characters(key), _whole_characters(item)) for key, item in value.items()]
        return {key: item for (key, _), (item, _) in pairs}, sum(first + second for (_, first), (_, second) in pairs)
    return value, 0


def kind_of(value: object) -> str:
    """Say what ``value`` is, for a sentence about a wrong shape."""
    if isinstance(value, Mapping):
        keys = ", ".join(f"`{key}`" for key in list(value)[:6])
        return f"an object with {keys}{', …' if len(value) > 6 else ''}" if value else "an empty object"  # noqa: PLR2004
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return {str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
