"""Git as a process: a library for it takes longer to import than a responder's command may run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from incidentbook.errors import IncidentbookError

if TYPE_CHECKING:
    import subprocess

NOT_RUN = 126  # the status where Git could not be run, or took too long
_SECONDS = 30
_PIECE = 1 << 18  # bytes that are read from a stream at once
_MARKS = ("fatal:", "error:", "ssh:", "remote:", "! [", "CONFLICT")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}  # messages that `why` can read


class GitFailedError(IncidentbookError):
    """Git was asked for something long, and did not get to its end."""


class Done(NamedTuple):
    """What a call of Git gave: its status (`NOT_RUN` where it could not be run, or took too long) and what it said."""

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
        return Done(NOT_RUN, "", f"error: Git cannot be run: {error.strerror or error}")
    except subprocess.TimeoutExpired:
        return Done(NOT_RUN, "", f"error: Git has not answered for {seconds:g} s")
    return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def pieces(folder: Path, *arguments: str) -> Iterator[bytes]:
    """Run `git ARGUMENTS` in ``folder`` and yield what it says piece by piece, as it comes, however much that is.

    The process has ended when the iterator has, however that ends.

    Raises:
        GitFailedError: Git cannot be run, or ended with an error; what came before was not the whole.

    """
    import subprocess  # noqa: PLC0415 - as above
    import threading  # noqa: PLC0415 - likewise

    command = ["git", "-C", str(folder), *arguments]
    told: list[bytes] = []
    try:
        process = subprocess.Popen(  # noqa: S603 - the arguments are ours
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | _QUIET
        )
    except OSError as error:
        raise GitFailedError(f"Git cannot be run: {error.strerror or error}") from error
    with process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        assert process.stderr is not None  # noqa: S101 - likewise
        listening = threading.Thread(target=_listen, args=(process.stderr, told), daemon=True)
        listening.start()
        try:
            while piece := process.stdout.read(_PIECE):
                yield piece
        except BaseException:
            process.kill()
            raise
        finally:
            listening.join()
    if process.returncode:
        why = Done(process.returncode, "", b"".join(told).decode("utf-8", "replace")).why
        raise GitFailedError(f"`git {arguments[0]}` has failed: {why}", hint="`git fsck` says whether all is there.")


def _listen(stream: IO[bytes], told: list[bytes]) -> None:
    """Keep the beginning of what Git complains about, and take in the rest, so that it never waits to be heard."""
    told.append(stream.read(_PIECE))
    while stream.read(_PIECE):
        pass


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


class Contents:
    """Gives contents by their names one after the other, from one process that is started when the first is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def get(self, name: str) -> bytes | None:
        """Return the content that Git calls ``name``; None where it is not there, or Git does not answer."""
        import subprocess  # noqa: PLC0415 - as above

        if self._process is None:
            command = ["git", "-C", str(self._folder), "cat-file", "--batch"]
            self._process = subprocess.Popen(  # noqa: S603 - the arguments are ours
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | _QUIET,
            )
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        assert self._process.stdout is not None  # noqa: S101 - likewise
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{name}\n".encode())
            self._process.stdin.flush()
        *_, size = self._process.stdout.readline().split() or [b""]
        if not size.isdigit():
            return None
        found = self._process.stdout.read(int(size))
        self._process.stdout.read(1)  # the line end behind it
        return found

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


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


def has_commit(folder: Path, name: str) -> bool | None:
    """Whether the repository around ``folder`` has the commit ``name``; None without Git, and for what a shallow clone lacks."""
    if run(folder, "cat-file", "-e", f"{name}^{{commit}}").status == 0:
        return True
    shallow = run(folder, "rev-parse", "--is-shallow-repository")
    return False if shallow.status == 0 and shallow.out.strip() == "false" else None


def remotes(folder: Path) -> list[str]:
    """Return the addresses of the remotes of the repository around ``folder``; none without Git."""
    listed = run(folder, "config", "--get-regexp", r"^remote\..*\.url$")
    return [line.split(" ", 1)[1] for line in listed.out.splitlines() if " " in line]


def names(listing: str) -> list[str]:
    """Return the names in what `git … -z` prints."""
    return [name for name in listing.split("\0") if name]
