"""What happens to a live view while it waits: a key, a signal, another size. The terminal is given back as it was."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator

_LEAVING = {signal.SIGTERM, signal.SIGHUP}
_HEARD = {signal.SIGINT, signal.SIGWINCH, signal.SIGTSTP, *_LEAVING}


class Keys:
    """What waits for a key or a signal."""

    def __init__(self, stdin: int, signals: int) -> None:
        """Read keys from the terminal ``stdin`` and the numbers of signals from the pipe ``signals``."""
        self._stdin, self._signals = stdin, signals
        self._modes = termios.tcgetattr(stdin)

    def wait(self, seconds: float) -> set[str]:
        """Return what happened: some of ``quit``, ``resize``, ``suspend``; nothing once the time is over.

        Raises:
            SystemExit: the process was told to end; the status is the shell's, 128 and the signal's number.

        """
        ready = select.select([self._stdin, self._signals], [], [], seconds)[0]
        signals = set(os.read(self._signals, 64)) if self._signals in ready else set()
        keys = os.read(self._stdin, 64) if self._stdin in ready else None
        for number in _LEAVING & signals:
            raise SystemExit(128 + number)
        quits = signal.SIGINT in signals or keys == b"" or b"q" in (keys or b"").lower()
        named = {"quit": quits, "resize": signal.SIGWINCH in signals, "suspend": signal.SIGTSTP in signals}
        return {name for name, happened in named.items() if happened}

    def one_by_one(self) -> None:
        """Have the terminal hand on each key at once, and not show it."""
        tty.setcbreak(self._stdin)

    def give_back(self) -> None:
        """Put the terminal back as it was."""
        termios.tcsetattr(self._stdin, termios.TCSADRAIN, self._modes)

    def stop(self) -> None:
        """Stop, with the terminal as it was, until the shell brings this to the front again."""
        self.give_back()
        os.kill(os.getpid(), signal.SIGSTOP)
        self.one_by_one()


@contextlib.contextmanager
def listening() -> Iterator[Keys]:
    """Take keys one by one, and signals as events, so that none cuts a drawing short."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    keys = Keys(sys.stdin.fileno(), reader)
    handlers = {number: signal.signal(number, lambda *_: None) for number in _HEARD}
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    keys.one_by_one()
    try:
        yield keys
    finally:
        keys.give_back()
        signal.set_wakeup_fd(woken)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)
