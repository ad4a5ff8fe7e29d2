"""What the last build wrote: a file that comes out the same again is moved into the new site, not made once more.

To make ten thousand folders with a file in each, and to take as many away, is more than half of the work where one page changed.
What a file was made from is noted in the cache: where that is what it was, nobody needs to know what the file says.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from typing import NamedTuple

import orjson
from mkdocs.utils import write_file

from incidentbook.snapshot.store import Store

_NAME = ".previous"  # in the site's own folder, so that everything can be moved; MkDocs leaves what is hidden alone


class Written(NamedTuple):
    """A file that a build wrote.

    Attributes:
        made_from: stands for all that it was made from.
        told: what whoever wrote it wants to know the next time, for JSON.
        size: in bytes.
        changed: when, as the file system says.
        number: of the file there; one that takes its place has another, even within the same tick of a clock.

    """

    made_from: str
    told: Sequence[object]
    size: int
    changed: int
    number: int

    @classmethod
    def of(cls, made_from: str, told: Sequence[object], path: str) -> Written:
        """Return the file at ``path``. Raises OSError."""
        found = os.stat(path)
        return cls(made_from, told, found.st_size, found.st_mtime_ns, found.st_ino)


class Previous:
    """The files of the last build of one site, set aside while the next one is made."""

    def __init__(self, site_dir: str, store: Store, edition: str) -> None:
        """Begin with none.

        Args:
            site_dir: the folder of the site.
            store: keeps what files were made from.
            edition: of sites from one knowledge base each has its own.

        """
        self._site = os.path.normpath(site_dir)
        self._folder = os.path.join(self._site, _NAME)
        self._store, self._key = store, f"files {edition}"
        self._known: dict[str, Written] = {}
        self._written: dict[str, Written] = {}
        self._folders: set[str] = set()  # that are there

    def set_aside(self) -> None:
        """Set everything in the site's folder aside but what is hidden; after a build that was killed that is what it left."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._known = self._noted()
        if not os.path.isdir(self._site):
            return
        os.mkdir(self._folder)
        for name in os.listdir(self._site):
            if not name.startswith("."):
                with contextlib.suppress(OSError):  # another file system: MkDocs takes it away
                    os.rename(os.path.join(self._site, name), os.path.join(self._folder, name))

    def told(self, path: str) -> Sequence[object] | None:
        """Return what was told of the file at ``path`` when it was written; None where nobody knows what it was made from."""
        known = self._known.get(self._named(path))
        return known.told if known else None

    def keep(self, path: str, made_from: str) -> bool:
        """Take the file at ``path`` over if it was made from the same and nobody has touched it since; say whether it was."""
        name = self._named(path)
        known = self._known.get(name)
        if not made_from or known is None or known.made_from != made_from:
            return False
        old = os.path.join(self._folder, name)
        with contextlib.suppress(OSError):
            if Written.of(made_from, known.told, old) == known:
                self._move(old, path)
                self._written[name] = known
                return True
        return False

    def has(self, path: str) -> bool:
        """Whether the last build has a file at ``path``, whatever it says."""
        return os.path.isfile(os.path.join(self._folder, self._named(path)))

    def take(self, path: str) -> None:
        """Take the file at ``path`` over, whatever it says. Raises OSError where there is none."""
        self._move(os.path.join(self._folder, self._named(path)), path)

    def write(self, path: str, data: bytes, made_from: str = "", told: Sequence[object] = ()) -> None:
        """Make the file at ``path`` hold ``data``, made from what ``made_from`` stands for: the old file where it does."""
        name = self._named(path)
        old = os.path.join(self._folder, name)
        if _holds(old, data):
            self._move(old, path)
        else:
            write_file(data, path)
        if made_from:
            self._written[name] = Written.of(made_from, told, path)

    def drop(self) -> None:
        """Take away what was not needed, and note what the files of this build were made from."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._written != self._known:
            written = {name: tuple(each) for name, each in self._written.items()}
            self._store.keep(results={self._key: orjson.dumps([self._site, written])})

    def _move(self, old: str, new: str) -> None:
        """Move a file, with its folder where that was made for it alone."""
        folder, parent = os.path.dirname(new), os.path.dirname(old)
        alone = new.endswith(f"{os.sep}index.html") and not os.path.exists(folder) and len(os.listdir(parent)) == 1
        needed = os.path.dirname(folder) if alone else folder
        if needed not in self._folders:  # to ask the file system for each of ten thousand takes longer than to move it
            os.makedirs(needed, exist_ok=True)
            self._folders.add(needed)
        if alone:
            os.rename(parent, folder)
        else:
            os.replace(old, new)

    def _noted(self) -> dict[str, Written]:
        """Return what the cache knows of the last build of this site."""
        try:
            site, written = orjson.loads(self._store.result(self._key) or b"")
        except ValueError:  # nothing, or damaged
            return {}
        return {name: Written(*each) for name, each in written.items()} if site == self._site else {}

    def _named(self, path: str) -> str:
        return path[len(self._site) + 1 :]


def _holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False
