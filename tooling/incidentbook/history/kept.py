"""The past as a file below ``.incidentbook/``: disposable, one that is damaged or from elsewhere is as good as none."""

from __future__ import annotations

import contextlib
import json
import sys
import zlib
from array import array
from pathlib import Path

from incidentbook import __version__
from incidentbook.history.past import Past, Rows
from incidentbook.writer import STATE_DIR, state_folder, write_bytes

FILE = f"{STATE_DIR}/history.bin"
FORM = 1  # of the file, and of what is read from a version: another one makes all be read anew
_ENOUGH = 1000  # rows: before that, nobody counts those that no version needs any more


def load(root: Path, boundary: str) -> Past | None:
    """Return the past that is kept for the knowledge base at ``root``; None where there is none of that boundary."""
    try:
        head, _, body = (root / FILE).read_bytes().partition(b"\n")
        told = json.loads(head)
        if told["form"] != _form() or told["boundary"] != boundary or told["proof"] != zlib.crc32(body):
            return None
        return _past(told, memoryview(body))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(root: Path, past: Past) -> None:
    """Keep a past. Where the disk refuses, the next run has more to do, and that is all."""
    if past.items.count + past.postmortems.count + past.incidents.count > 5 * len(past.at) + _ENOUGH:
        (root / FILE).unlink(missing_ok=True)  # it was cut again and again: let the next run read all of it anew
        return
    rows = [past.incidents, past.postmortems, past.items]
    sections = [
        past.names.encode("ascii"), past.times.tobytes(), "\0".join(past.paths).encode("utf-8", "surrogateescape"),
        past.at.tobytes(), past.path.tobytes(), past.number.tobytes(), past.blobs.encode("ascii"),
        *(kept.joined().encode("utf-8", "surrogatepass") for kept in rows),
    ]  # fmt: skip
    body = b"".join(sections)
    told = {
        "form": _form(), "boundary": past.boundary, "width": past.width, "sizes": list(map(len, sections)),
        "counts": [kept.count for kept in rows], "proof": zlib.crc32(body),
    }  # fmt: skip
    with contextlib.suppress(OSError):
        state_folder(root)
        write_bytes(root / FILE, json.dumps(told).encode("ascii") + b"\n" + body)


def _form() -> str:
    return f"{FORM} {__version__} {sys.byteorder} {array('q').itemsize} {array('i').itemsize}"


def _past(told: dict[str, object], body: memoryview) -> Past:
    past = Past(str(told["boundary"]), int(told["width"]))  # type: ignore[call-overload]
    parts, start = [], 0
    for size in told["sizes"]:  # type: ignore[attr-defined]
        parts.append(body[start : start + size])
        start += size
    names, times, paths, at, path, number, blobs, *rows = parts
    past.names, past.blobs = str(names, "ascii"), str(blobs, "ascii")
    for numbers, part in ((past.times, times), (past.at, at), (past.path, path), (past.number, number)):
        numbers.frombytes(part)
    past.paths = str(paths, "utf-8", "surrogateescape").split("\0") if paths else []
    texts = [str(part, "utf-8", "surrogatepass") for part in rows]
    past.incidents, past.postmortems, past.items = map(Rows, texts, told["counts"])  # type: ignore[call-overload]
    return past
