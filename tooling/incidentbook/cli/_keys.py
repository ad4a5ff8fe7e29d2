"""What happens to a live view while it waits: a key, a signal, another size. The terminal is given back as it was."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Callable, Iterator

_LEAVING = {signal.SIGTERM, signal.SIGHUP}
_HEARD = {signal.SIGINT, signal.SIGWINCH, signal.SIGTSTP, *_LEAVING}
Wait = Callable[[float], set[str]]


@contextlib.contextmanager
def listening() -> Iterator[Wait]:
    """Take keys one by one and signals as events, and hand out what waits for them, for so many seconds.

    It returns some of ``quit``, ``resize``, ``suspend``; nothing once the time is over. No signal cuts a drawing short.

    Raises:
        SystemExit: the process was told to end; the status is the shell's, 128 and the signal's number.

    """
    stdin = sys.stdin.fileno()
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    modes = termios.tcgetattr(stdin)
    handlers = {number: signal.signal(number, lambda *_: None) for number in _HEARD}
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    tty.setcbreak(stdin)

    def wait(seconds: float) -> set[str]:
        ready = select.select([stdin, reader], [], [], seconds)[0]
        signals = set(os.read(reader, 64)) if reader in ready else set()
        keys = os.read(stdin, 64) if stdin in ready else None
        for number in _LEAVING & signals:
            raise SystemExit(128 + number)
        quits = signal.SIGINT in signals or keys == b"" or b"q" in (keys or b"").lower()
        named = {"quit": quits, "resize": signal.SIGWINCH in signals, "suspend": signal.SIGTSTP in signals}
        return {name for name, happened in named.items() if happened}

    try:
        yield wait
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, modes)
        signal.set_wakeup_fd(woken)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)
