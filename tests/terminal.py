"""A real terminal for tests: a command behind a pseudo-terminal, and the screen that it draws."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

INC = str(Path(sys.executable).with_name("inc"))
_PATIENCE = 30  # seconds; a machine may be busy


class Terminal:
    """A command and the screen on which it writes.

    Attributes:
        child: the process.
        raw: every byte that it has written.

    """

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, lines: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        """Start ``command`` in a terminal of that size."""
        clean = {name: value for name, value in os.environ.items() if name not in _UNSET}
        settings = clean | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | dict(env or {})
        self.child = pexpect.spawn(command[0], list(command[1:]), dimensions=(lines, columns), env=settings)  # type: ignore[arg-type]
        self.raw = b""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, holds: Callable[[], bool]) -> None:
        """Read what is written until ``holds``. Fails, with the screen, where that never happens."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < end, self.text
            try:
                data = self.child.read_nonblocking(65536, timeout=1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                assert holds(), f"it has ended:\n{self.text}"
                return
            self.raw += data
            self._stream.feed(data)

    def shows(self, text: str) -> None:
        """Wait until ``text`` stands on the screen."""
        self.until(lambda: text in self.text)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, as dragging its window does, and wipe what it shows."""
        self.screen.resize(lines, columns)
        self.screen.reset()
        self.child.setwinsize(lines, columns)

    def end(self) -> int | None:
        """Wait until the command has ended, and return its exit status; None where a signal ended it."""
        self.child.expect(pexpect.EOF, timeout=_PATIENCE)
        self.raw += self.child.before or b""
        self.child.close()
        status: int | None = self.child.exitstatus
        return status

    def coloured(self, colour: str) -> list[str]:
        """Return what stands in ``colour`` on the screen, a text for each line that has some."""
        rows = (self.screen.buffer[line] for line in range(self.screen.lines))
        found = (
            "".join(row[column].data for column in range(self.screen.columns) if row[column].fg == colour)
            for row in rows
        )
        return [text.strip() for text in found if text.strip()]


_UNSET = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "COLORTERM", "INC_CURRENT")
