"""The cache of facts: what each content of a file says, by the name that Git gives the content, and what was computed from them.

One SQLite file below ``.incidentbook/``. It is disposable: one that is damaged, from elsewhere, or on a disk that refuses is as
good as none, and deleting it changes no output. SQLite, as many processes may read and write it at once.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from incidentbook import __version__, files
from incidentbook.resources import package_dir, sources
from incidentbook.writer import STATE_DIR, state_folder

FILE = f"{STATE_DIR}/facts.sqlite"
FORM = 1  # of what `lean` keeps and of results: another one empties the cache
LARGEST = 512_000_000  # bytes: then it begins anew
_PATIENCE = 2.0  # seconds
_AT_ONCE = 500  # names in a question
_TABLES = """
create table if not exists facts (name text primary key, says blob) without rowid;
create table if not exists stamps (path text primary key, stamp text not null, name text not null) without rowid;
create table if not exists results (key text primary key, says blob) without rowid;
create table if not exists form (version text primary key) without rowid;
"""


def stamped(made_from: str, kept: bytes) -> bytes:
    """Return a result with what stands for all that it was made from (hexadecimal), as `Store.latest` reads it."""
    return b"\0".join((made_from.encode(), kept))


@functools.cache
def _code() -> str:
    """Return what stands for the tool's own sources."""
    return files.digest("\n".join(sources(package_dir())).encode())


class Store:
    """The cache of one knowledge base; every question to a cache that cannot be used finds nothing."""

    def __init__(self, root: Path) -> None:
        """Open it, or make it."""
        self._path = root / FILE
        self._root = root
        self._base: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error, OSError):
            self._base = self._opened()

    @classmethod
    @contextlib.contextmanager
    def of(cls, root: Path) -> Iterator[Store]:
        """Open the cache of the knowledge base at ``root``, and close it at the end."""
        store = cls(root)
        try:
            yield store
        finally:
            store.close()

    def close(self) -> None:
        """Close it; what was asked for stays."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def known(self, names: Iterable[str]) -> set[str]:
        """Return those of ``names`` of which facts are kept."""
        kept = {name for (name,) in self._ask("select name from facts", [])}
        return kept.intersection(names)

    def facts(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return what the contents of these names say, as far as it is known."""
        wanted = list(names)
        found: dict[str, bytes] = {}
        for first in range(0, len(wanted), _AT_ONCE):
            part = wanted[first : first + _AT_ONCE]
            marks = ",".join("?" * len(part))
            found.update(self._ask(f"select name, says from facts where name in ({marks})", part))  # noqa: S608 - marks only
        return found

    def stamps(self) -> dict[str, tuple[str, str]]:
        """Return the stamp of each file of the working tree when it was last read, and its content's name, by path."""
        return {path: (stamp, name) for path, stamp, name in self._ask("select path, stamp, name from stamps", [])}

    def result(self, key: str) -> bytes | None:
        """Return what was computed under ``key``; None where nothing is kept."""
        return next((says for (says,) in self._ask("select says from results where key = ?", [key])), None)

    def keep(
        self,
        facts: Mapping[str, bytes] | None = None,
        stamps: Mapping[str, tuple[str, str]] | None = None,
        results: Mapping[str, bytes] | None = None,
    ) -> None:
        """Keep new facts and results; ``stamps``, where given, takes the place of all that were kept."""
        base = self._base
        if base is None:
            return
        with contextlib.suppress(sqlite3.Error), base:
            if facts:
                base.executemany("insert or replace into facts values (?, ?)", facts.items())
            if stamps is not None:
                base.execute("delete from stamps")
                rows = ((path, stamp, name) for path, (stamp, name) in stamps.items() if stamp)
                base.executemany("insert into stamps values (?, ?, ?)", rows)
            if results:
                base.executemany("insert or replace into results values (?, ?)", results.items())

    def remember(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under ``key``, or make it and keep it."""
        found = self.result(key)
        if found is None:
            found = make()
            self.keep(results={key: found})
        return found

    def renew(self, place: str, made_from: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept at ``place`` if it was made from the same, or make it and keep it there instead of the last."""
        kept = self.latest(place, made_from)
        if kept is None:
            kept = make()
            self.keep(results={place: stamped(made_from, kept)})
        return kept

    def latest(self, place: str, made_from: str) -> bytes | None:
        """Return what was kept at ``place`` as `stamped`; None where nothing is, or what was made from something else."""
        known, _, kept = (self.result(place) or b"").partition(b"\0")
        return kept if known == made_from.encode() else None

    def _ask(self, question: str, values: list[str]) -> list[Any]:
        if self._base is None:
            return []
        try:
            return self._base.execute(question, values).fetchall()
        except sqlite3.OperationalError:  # somebody else is writing, or the disk refuses
            return []
        except sqlite3.DatabaseError:  # damaged: the next one begins anew
            self.close()
            self._path.unlink(missing_ok=True)
            return []

    def _opened(self) -> sqlite3.Connection:
        state_folder(self._root)
        try:
            return self._made()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            self._path.unlink(missing_ok=True)  # damaged, or made by something else
            return self._made()

    def _made(self) -> sqlite3.Connection:
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._path.unlink()
        base = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level="IMMEDIATE")
        try:
            base.execute("pragma journal_mode = wal")
            base.execute("pragma synchronous = normal")
            base.executescript(_TABLES)
            self._only_ours(base)
        except sqlite3.Error:
            base.close()
            raise
        return base

    @staticmethod
    def _only_ours(base: sqlite3.Connection) -> None:
        """Empty it where another version of the tool filled it, which may have read the same files in another way."""
        ours = f"{__version__}-{FORM}-{_code()}"
        if base.execute("select version from form").fetchall() != [(ours,)]:
            with base:
                for table in ("facts", "stamps", "results", "form"):
                    base.execute(f"delete from {table}")  # noqa: S608 - the names stand above
                base.execute("insert into form values (?)", [ours])
