"""A command of `inc` under ptrace: stopped before and after every system call, where it can be killed or told that it failed.

The interpreter is imported once and forked for each run, so that a run takes a tenth of a second; what is traced is the real
command with real files. Registers are read as Linux on x86-64 has them.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_GOOD = 1  # PTRACE_O_TRACESYSGOOD: a stop at a system call is told from every other
_KILL_TOO = 0x100000  # PTRACE_O_EXITKILL: no process outlives its tracer
_BY_PATH = {"mkdir": 0, "rmdir": 0, "unlink": 0, "rename": 1, "chmod": 0, "truncate": 0, "creat": 0, "open": 0}
_BY_PATH |= {
    "openat": 1,
    "mkdirat": 1,
    "unlinkat": 1,
    "renameat": 3,
    "renameat2": 3,
    "fchmodat": 1,
    "linkat": 3,
    "link": 1,
}
_BY_FILE = {"write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fchmod", "flock", "close", "sendfile"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Stop(NamedTuple):
    """One stop of the command.

    Attributes:
        name: of the system call that it stands before, or behind.
        path: of the file in the knowledge base that the call changes; empty where it changes none.
        before: whether the call is yet to be made.

    """

    name: str
    path: str
    before: bool


def why_not() -> str:
    """Say why nothing can be traced here; empty where it can."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return f"the tracer reads the registers of Linux on x86-64, and this is {sys.platform} on {platform.machine()}"
    try:
        for _ in Run(["--version"], Path(os.devnull)):
            pass
    except OSError as error:
        return f"ptrace is not permitted here: {error}"
    return ""


class Run:
    """One run of ``inc ARGUMENTS``; iterating over it goes from stop to stop until it ends.

    Attributes:
        status: what it left with; None where it was killed, or still runs.

    """

    def __init__(self, arguments: list[str], errors: Path) -> None:
        """Fork and stop; what it says on standard error goes to ``errors``."""
        self.status: int | None = None
        self._pid = os.fork()
        if self._pid == 0:
            _child(arguments, errors)
        _, status = os.waitpid(self._pid, 0)
        if not os.WIFSTOPPED(status):
            raise PermissionError(os.WEXITSTATUS(status), "PTRACE_TRACEME is refused")
        from ptrace.binding import ptrace_setoptions  # noqa: PLC0415 - only Linux has it

        ptrace_setoptions(self._pid, _GOOD | _KILL_TOO)

    def __iter__(self) -> Iterator[Stop]:
        """Yield every stop at a system call."""
        from ptrace.binding import ptrace_syscall  # noqa: PLC0415

        before, pending, inside = False, 0, Stop("", "", before=True)
        while True:
            ptrace_syscall(self._pid, pending)
            _, status = os.waitpid(self._pid, 0)
            if not os.WIFSTOPPED(status):
                self.status = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
                return
            pending = os.WSTOPSIG(status)
            if pending != signal.SIGTRAP | 0x80:
                continue  # a signal, which is handed on
            pending, before = 0, not before
            inside = self._call() if before else inside._replace(before=False)
            yield inside

    def kill(self) -> None:
        """Kill it where it stands, and wait until it is gone."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def refuse(self) -> None:
        """Keep the system call that it stands before from being made."""
        self._set("orig_rax", 2**64 - 1)

    def answer(self, error: int) -> None:
        """Make the call that it stands behind have failed with ``error``."""
        self._set("rax", 2**64 - error)

    def halve(self) -> None:
        """Let the write that it stands before write half of what it was given."""
        from ptrace.binding import ptrace_getregs  # noqa: PLC0415

        self._set("rdx", max(1, ptrace_getregs(self._pid).rdx // 2))

    def _set(self, register: str, value: int) -> None:
        from ptrace.binding import ptrace_getregs, ptrace_setregs  # noqa: PLC0415

        registers = ptrace_getregs(self._pid)
        setattr(registers, register, value)
        ptrace_setregs(self._pid, registers)

    def _call(self) -> Stop:
        from ptrace.binding import ptrace_getregs  # noqa: PLC0415
        from ptrace.syscall import SYSCALL_NAMES  # noqa: PLC0415

        registers = ptrace_getregs(self._pid)
        given = (registers.rdi, registers.rsi, registers.rdx, registers.r10)
        name = SYSCALL_NAMES.get(registers.orig_rax, str(registers.orig_rax))
        path = ""
        if name in _BY_FILE:
            path = self._open_file(given[0])
        elif name in _BY_PATH:
            reading = (name == "open" and not given[1] & _WRITING) or (name == "openat" and not given[2] & _WRITING)
            path = "" if reading else self._text(given[_BY_PATH[name]])
        return Stop(name, path, before=True)

    def _open_file(self, number: int) -> str:
        try:
            return str(Path(f"/proc/{self._pid}/fd/{number}").readlink())
        except OSError:
            return ""

    def _text(self, address: int) -> str:
        with Path(f"/proc/{self._pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(4096).split(b"\0", 1)[0].decode("utf-8", "replace")


def _child(arguments: list[str], errors: Path) -> None:
    """Become the command."""
    from ptrace import PtraceError  # noqa: PLC0415
    from ptrace.binding import ptrace_traceme  # noqa: PLC0415

    from incidentbook.__main__ import run  # noqa: PLC0415

    status = 125
    try:
        try:
            ptrace_traceme()
        except PtraceError as error:
            os._exit(error.errno or 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os.kill(os.getpid(), signal.SIGSTOP)
        status = run(arguments)
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    print(why_not())  # noqa: T201 - for a test that must not fork
