"""Git's own merge of lines, for prose and for what cannot be merged by what it says."""

from __future__ import annotations

from pathlib import Path

from incidentbook.errors import IncidentbookError
from incidentbook.merge.write import MARKER_SIZE

_SIDES = ("ours", "base", "theirs")
_MOST = 127  # `git merge-file` ends with the number of conflicts, and with more than this where it cannot merge


class NoTextError(Exception):
    """Git takes one of the files for no text and merges none of it."""


def merge_bytes(base: bytes, ours: bytes, theirs: bytes, size: int = MARKER_SIZE) -> tuple[bytes, int]:
    """Return what Git makes of three files, with conflict markers of ``size`` characters, and how many conflicts there are.

    Source: git-merge-file(1).

    Raises:
        NoTextError: they are no text to Git.
        IncidentbookError: there is no Git to call.

    """
    import subprocess  # noqa: PLC0415 - most merges are done without
    import tempfile  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="incidentbook-") as folder:
        for side, content in zip(_SIDES, (ours, base, theirs), strict=True):
            (Path(folder) / side).write_bytes(content)
        labels = [word for side in _SIDES for word in ("-L", side)]
        command = ["git", "merge-file", "--stdout", f"--marker-size={size}", *labels, *_SIDES]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 - fixed words
        except FileNotFoundError as error:
            raise IncidentbookError("There is no `git` to call", hint="Install Git, and try again.") from error
    if not 0 <= done.returncode <= _MOST:
        raise NoTextError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout, done.returncode


def merge_text(base: str, ours: str, theirs: str, size: int = MARKER_SIZE) -> tuple[str, int]:
    """Do the same to three texts. Raises NoTextError, IncidentbookError."""
    merged, conflicts = merge_bytes(base.encode(), ours.encode(), theirs.encode(), size)
    return merged.decode(), conflicts
