"""Git as a process: a library for it takes longer to import than a responder's command may run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_SECONDS = 30
_MARKS = ("fatal:", "error:", "ssh:", "remote:", "! [", "CONFLICT")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}  # messages that `why` can read


class Done(NamedTuple):
    """What a call of Git gave: its status (126 where it could not be run, or took too long) and what it said."""

    status: int
    out: str
    err: str

    @property
    def why(self) -> str:
        """The line that says what went wrong: the first that is marked as such, else the last of all."""
        lines = [line.strip() for line in (self.err or self.out).splitlines() if line.strip()]
        marked = next((line for line in lines if line.startswith(_MARKS)), "")
        return marked or (lines or ["Git did not say why"])[-1]


def run(folder: Path, *arguments: str, given: str = "", seconds: float = _SECONDS) -> Done:
    """Run `git ARGUMENTS` in ``folder`` with ``given`` as its input; nobody is asked for a password or an editor's text."""
    import subprocess  # noqa: PLC0415 - most commands of a responder never call Git

    command = ["git", "-C", str(folder), "-c", "core.editor=true", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours
            command, input=given.encode(), capture_output=True, check=False, timeout=seconds, env=os.environ | _QUIET
        )
    except OSError as error:
        return Done(126, "", f"error: Git cannot be run: {error.strerror or error}")
    except subprocess.TimeoutExpired:
        return Done(126, "", f"error: Git has not answered for {seconds:g} s")
    return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def names(listing: str) -> list[str]:
    """Return the names in what `git … -z` prints."""
    return [name for name in listing.split("\0") if name]
