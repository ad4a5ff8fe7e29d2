"""The quick answer: everything is as it was when somebody last checked, so what was found then still holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from incidentbook import files
from incidentbook.finding import Finding
from incidentbook.results.store import Store, microseconds

WHOLE = ""  # in place of a path: the knowledge base as a whole
_PATHS, _FINDINGS = 3, 4  # where they stand in what is kept of a file


def digest_of_unread(unread: Sequence[str]) -> str:
    """Return what stands for the files that nothing reads."""
    return files.digest(json.dumps([*unread]).encode())


def findings(root: Path, read: Sequence[str], unread: Sequence[str], store: Store) -> list[Finding] | None:
    """Return what was found last time, where nothing has changed since: no file, no answer and no moment; else None."""
    lines = store.lines()
    if len(lines) != len(read) + 1:
        return None
    clock = dt.datetime.now(dt.UTC).replace(microsecond=0)  # as exact as every other "now"
    now = store.standing if store.standing is not None else microseconds(clock)
    there = {json.dumps(path): stamp for path, stamp in files.stamps(root, read, files.newest()).items()}
    there[json.dumps(WHOLE)] = digest_of_unread(unread)
    found: list[Finding] = []
    for name, stamp, _, since, until, marks, rest in lines:
        if not stamp or stamp != there.get(name) or not int(since) <= now < int(until):
            return None
        if marks:
            plain: list[Any] = json.loads(rest)
            if _differs(root, plain[_PATHS]):
                return None
            found += map(Finding.from_plain, plain[_FINDINGS])
    return sorted(found, key=lambda finding: finding.sort_key)


def _differs(root: Path, paths: Mapping[str, bool]) -> bool:
    return any(files.exists(root, path) is not was for path, was in paths.items())
