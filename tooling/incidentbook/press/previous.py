"""What the last build wrote: a file that comes out the same again is moved into the new site, not made once more.

To make ten thousand folders with a file in each, and to take as many away, is more than half of the work where one page changed.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from mkdocs.utils import write_file

_NAME = ".previous"  # in the site's own folder, so that everything can be moved; MkDocs leaves what is hidden alone


class Previous:
    """The files of the last build of one site, set aside while the next one is made."""

    def __init__(self, site_dir: str) -> None:
        """Begin with none."""
        self._site = Path(site_dir)
        self._folder = self._site / _NAME

    def set_aside(self) -> None:
        """Set everything in the site's folder aside but what is hidden; after a build that was killed that is what it left."""
        self.drop()
        if not self._site.is_dir():
            return
        self._folder.mkdir()
        for item in self._site.iterdir():
            if not item.name.startswith("."):
                with contextlib.suppress(OSError):  # another file system: MkDocs takes it away
                    item.rename(self._folder / item.name)

    def write(self, path: str, data: bytes) -> None:
        """Make the file at ``path`` in the site hold ``data``: the old file where it does."""
        new = Path(path)
        old = self._folder / new.relative_to(self._site)
        if not _holds(old, data):
            write_file(data, path)
        elif _alone(old) and not new.parent.exists():  # a folder made for this file is moved as one
            new.parent.parent.mkdir(parents=True, exist_ok=True)
            old.parent.rename(new.parent)
        else:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.replace(new)

    def drop(self) -> None:
        """Take away what was not needed."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _alone(path: Path) -> bool:
    """Whether nothing else is in the folder of a page whose address is a folder."""
    return path.name == "index.html" and len([*path.parent.iterdir()]) == 1
