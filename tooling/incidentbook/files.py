"""The files of a knowledge base as the file system has them: which there are, what bytes they hold, and whether they changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from incidentbook.errors import NotAKnowledgeBaseError

_GRAIN = 2_000_000_000  # nanoseconds; no file system tells times apart worse than this
MAX_SIZE = 5_000_000  # bytes
MARKER = "policy/knowledge-base.yml"
BASELINE = "incidentbook-baseline.txt"  # the findings that a check leaves out, at the root
_ENDINGS = {"policy": ".yml", "incidents": ".yml", "postmortems": ".md", "playbooks": ".md"}
FOLDERS = tuple(_ENDINGS)  # of a knowledge base
_RECORD_LIKE = (".yml", ".yaml", ".md", ".markdown", ".json")


class Refusal(NamedTuple):
    """Why a file is not read, and what to do about it."""

    message: str
    hint: str = ""


TOO_LARGE = Refusal(
    f"The file is larger than {MAX_SIZE // 1_000_000} MB, so it is not read",
    "A record is read by people: keep logs and pictures in files of their own, and link to them.",
)


def find_root(start: Path) -> Path:
    """Return the closest folder at or above ``start`` that holds ``policy/knowledge-base.yml``.

    Raises:
        NotAKnowledgeBaseError: there is none.

    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    raise NotAKnowledgeBaseError(
        f"There is no knowledge base in {start} or above it (no {MARKER})", hint="`inc init` makes one here."
    )


def listing(root: Path, folders_of: Iterable[str] = tuple(_ENDINGS)) -> tuple[list[str], list[str]]:
    """Return what lies in a knowledge base's folders, or in some of them, relative to ``root``, sorted in each folder.

    First the files that hold records, then those that look like records by their ending, and that nothing reads. Hidden files
    and folders and READMEs are neither.
    """
    read: list[str] = []
    passed_over: list[str] = []
    for folder in folders_of:
        ending = _ENDINGS[folder]
        for base, folders, names in os.walk(root / folder):
            visible = sorted(name for name in folders if not name.startswith("."))
            folders[:] = [name for name in visible if not name.endswith(ending)]
            prefix = os.path.relpath(base, root).replace(os.sep, "/")
            for name in sorted([*names, *(name for name in visible if name.endswith(ending))]):
                if name.lower().endswith(_RECORD_LIKE) and not name.startswith(".") and name.lower() != "readme.md":
                    (read if name[name.rfind(".") :] == ending else passed_over).append(f"{prefix}/{name}")
    return read, passed_over


def is_read(path: str) -> bool:
    """Whether `listing` has the file at ``path``, relative to the root, among those that hold records."""
    folder, *names = path.split("/")
    ending = _ENDINGS.get(folder)
    if ending is None or not names or any(name.startswith(".") for name in names):
        return False
    inside_a_file = any(name.endswith(ending) for name in names[:-1])
    return names[-1].endswith(ending) and names[-1].lower() != "readme.md" and not inside_a_file


def read_bytes(root: Path, path: str) -> bytes | Refusal:
    """Return what the regular file at ``path``, relative to ``root`` and inside it, holds; else why it is not read."""
    whole = root / path
    try:
        top = root / path.split("/", 1)[0]
        if whole.is_symlink() and not whole.exists():
            return Refusal("This link leads nowhere", "Put the file itself here.")
        if (whole.is_symlink() or top.is_symlink()) and not whole.resolve().is_relative_to(root.resolve()):
            return Refusal("This link leads out of the knowledge base", "Put the file itself here.")
        if whole.is_dir():
            return Refusal("This is a folder with the name of a file", "Rename it, or take it away.")
        if not whole.is_file():
            return Refusal("This is not a regular file", "Put a file here, or take it away.")
        if whole.stat().st_size > MAX_SIZE:
            return TOO_LARGE
        return whole.read_bytes()
    except (OSError, RuntimeError) as error:  # Python 3.11 and 3.12 raise RuntimeError for a loop of links
        return Refusal(f"The file cannot be read: {getattr(error, 'strerror', None) or error}")


def digest(data: bytes) -> str:
    """Return what tells one content from another: 128 bits of BLAKE2b, in hexadecimal."""
    import hashlib  # noqa: PLC0415 - it takes OpenSSL along, which a responder's command has no use for

    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(root: Path, path: str) -> str:
    """Return the digest of a file's content; empty where it cannot be read."""
    data = read_bytes(root, path)
    return digest(data) if isinstance(data, bytes) else ""


def stamps(root: Path, paths: Iterable[str], before: int) -> dict[str, str]:
    """Return what the file system says of each of ``paths``: another text whenever the content is another.

    Empty where that proves nothing: for what is no regular file, for what lies behind a link, and for what was written at
    ``before`` (nanoseconds of the epoch) or later, as a second write within the clock's grain would leave no trace.
    """
    linked = tuple(f"{folder}/" for folder in _ENDINGS if (root / folder).is_symlink())
    return {path: "" if path.startswith(linked) else _stamp(f"{root}/{path}", before) for path in paths}


def _stamp(path: str, before: int) -> str:
    try:
        found = os.lstat(path)  # five thousand of them in a run
    except (OSError, ValueError):
        return ""
    if max(found.st_mtime_ns, found.st_ctime_ns) >= before or not S_ISREG(found.st_mode):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def newest() -> int:
    """Return from when on, in nanoseconds of the epoch, a file's times prove nothing yet."""
    return time.time_ns() - _GRAIN


def git_name(data: bytes, algorithm: str = "sha1") -> str:
    """Return the name that Git gives a file's content, in a repository that names by ``algorithm``."""
    import hashlib  # noqa: PLC0415 - as above

    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def exists(root: Path, path: str) -> bool:
    """Whether there is a file or a folder at ``path``, relative to ``root``."""
    try:
        return (root / path).exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def git_top(root: Path) -> Path | None:
    """Return the top of the Git repository that ``root`` lies in; None where it lies in none."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def depth(root: Path) -> int:
    """How many folders ``root`` lies below the top of its Git repository; 0 where it lies in none."""
    top = git_top(root)
    return len(root.relative_to(top).parts) if top is not None else 0
