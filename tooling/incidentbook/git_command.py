"""Git as a process: a library for it takes longer to import than a responder's command may run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

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


def blobs(folder: Path, objects: Sequence[str]) -> Iterator[bytes | None]:
    """Yield the content of each of ``objects`` in their order, from one process; None for one that is not there.

    The names go in from a thread of their own: Git answers the first before it has read the last, and none waits.
    """
    import subprocess  # noqa: PLC0415 - as above
    import threading  # noqa: PLC0415 - likewise

    command = ["git", "-C", str(folder), "cat-file", "--batch", "--buffer"]
    with subprocess.Popen(  # noqa: S603 - the arguments are ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | _QUIET
    ) as process:
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        assert process.stdout is not None  # noqa: S101 - likewise
        asking = threading.Thread(target=_ask, args=(process.stdin, objects), daemon=True)
        asking.start()
        try:
            yield from _answers(process.stdout)
        finally:
            process.kill()
            asking.join()


def _ask(stream: IO[bytes], objects: Sequence[str]) -> None:
    with contextlib.suppress(BrokenPipeError), stream:  # nobody reads the answers any more
        stream.write("".join(f"{name}\n" for name in objects).encode())


def _answers(stream: IO[bytes]) -> Iterator[bytes | None]:
    for line in stream:
        *_, size = line.split()
        if not size.isdigit():
            yield None
            continue
        yield stream.read(int(size))
        stream.read(1)  # the line end behind it


def names(listing: str) -> list[str]:
    """Return the names in what `git … -z` prints."""
    return [name for name in listing.split("\0") if name]
