"""Writing files so that nothing is lost: under a lock, to a temporary file, synced, then renamed into place."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from incidentbook.errors import LockedError

STATE_DIR = ".incidentbook"
PATIENCE = 30.0  # seconds: sixteen writers that each commit take five on two slow cores, and nobody is served in turn
_PAUSE = 0.01  # seconds between two tries


@contextlib.contextmanager
def lock(root: Path, seconds: float | None = None) -> Iterator[None]:
    """Hold the knowledge base's write lock, waiting up to ``seconds`` (`PATIENCE` where nothing is said).

    Raises:
        LockedError: another process held it all the while.

    """
    seconds = PATIENCE if seconds is None else seconds
    deadline = time.monotonic() + seconds
    with (state_folder(root) / "lock").open("ab") as handle:
        while not _taken(handle):
            if time.monotonic() > deadline:
                raise LockedError(
                    f"Another process has been writing to {root} for {seconds:.0f} s",
                    hint="Nothing was written: try again when it is done.",
                )
            time.sleep(_PAUSE)
        yield


def _taken(handle: IO[bytes]) -> bool:
    """Take the lock of an open file, if it is free; it is given back when the file is closed, so when the process ends, too."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def state_folder(root: Path) -> Path:
    """Return the folder for what belongs to this checkout only; it is made on demand, and Git leaves it alone."""
    folder = root / STATE_DIR
    ignore = folder / ".gitignore"
    if not ignore.is_file():  # whoever made the folder may have ended before the file stood in it
        write_text(ignore, "*\n")
    return folder


def write_text(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` (UTF-8, line ends as they are), as `write_bytes` does. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``: a killed process leaves the old file or the new one.

    Folders are made as needed; the mode of an existing file stays. A link stays one, and what it leads to is replaced. What is
    no file (a terminal, a pipe, ``/dev/stdout``) is written to, since it must not be replaced. Raises OSError when the disk
    refuses.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.write(content)
        return
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    temporary = path.parent / f".{path.name}.{os.urandom(6).hex()}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def sweep(folder: Path, name: str = "") -> None:
    """Take away what killed writers left in ``folder``: of the file called ``name``, or of all.

    The caller holds the lock, and so does whoever else writes there: what is found belongs to nobody any more.
    """
    if folder.is_dir():
        for found in os.listdir(folder):  # noqa: PTH208 - names only, of what may be thousands of records
            if found.startswith(f".{name}") and found.endswith(".tmp"):
                (folder / found).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; where a file system cannot, the file is in place all the same, so nothing has failed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
