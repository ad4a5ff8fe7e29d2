"""A board that stays: drawn by Rich on the terminal's other screen, read anew when a file changes, gone at `q` or Ctrl-C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from rich.live import Live
from rich.text import Text

from incidentbook.cli import _context, _keys, _view
from incidentbook.cli._columns import wrap
from incidentbook.cli._grid import WIDEST, Line, Span
from incidentbook.cli._view import View
from incidentbook.errors import IncidentbookError
from incidentbook.terminal_text import clean

_LOOK = 0.25  # seconds between two looks at what the file system says
_STYLES = {"bold": "bold", "dim": "dim", "late": "bold red"}


class Watched:
    """What is shown: the last state that could be read, and what is wrong by now."""

    def __init__(self, look: Callable[[], View]) -> None:
        """Read it for the first time. Raises IncidentbookError where that is not possible."""
        self._look = look
        self.view, self.problem = look(), ""
        self._seen: object = None
        self._gone: set[str] = set()

    def refresh(self) -> bool:
        """Read it anew where a file has changed, and return whether one had."""
        seen = _stamps(self.view)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            view = self._look()
            self._miss(view)
            self.view, self.problem = view, ""
            self._gone.clear()
        except (IncidentbookError, OSError) as error:
            self.problem = f"{error}. What is shown is what it said before."
        return True

    def _miss(self, view: View) -> None:
        """Raise UnreadableError where a record is no longer shown only because it is broken, or has just gone."""
        for path in sorted({*self.view.paths} - {*view.paths} - self._gone):
            if not (view.place.root / path).exists():
                self._gone.add(path)  # said once: it may be gone for good
            _view.read(view.place, path)

    def lines(self, columns: int, height: int) -> list[Line]:
        """Return what is shown; in the last lines what is wrong, and the key to leave."""
        said = wrap(f"! {clean(self.problem)}", columns, 2) if self.problem else []
        below = [*([Span(part, "bold")] for part in said), [Span("q quits", "dim")]][-height:]
        shown = _view.lines(self.view, columns, height - len(below))
        return [*shown, *[[]] * (height - len(below) - len(shown)), *below]


def watch(look: Callable[[], View], interval: float) -> None:
    """Show the board until somebody leaves; the terminal is then as it was before.

    Args:
        look: reads what is to be shown. It may raise IncidentbookError, which only the first time ends the watch.
        interval: seconds after which the clocks move.

    """
    watched = Watched(look)
    console = _context.console()
    with _keys.listening() as keys:
        live = Live(console=console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False)
        with live:
            drawn, happened = -interval, set[str]()
            while "quit" not in happened:
                if "suspend" in happened:
                    live.stop()
                    keys.stop()
                    live.start()
                if watched.refresh() or happened or time.monotonic() - drawn >= interval:
                    drawn = time.monotonic()
                    live.update(_text(watched.lines(min(console.width, WIDEST), console.height)), refresh=True)
                happened = keys.wait(min(_LOOK, interval))


def _text(lines: list[Line]) -> Text:
    styles = {} if os.environ.get("NO_COLOR") else _STYLES
    text = Text(no_wrap=True, overflow="crop", end="")
    for index, line in enumerate(lines):
        text.append("\n" if index else "")
        for span in line:
            text.append(span.text, styles.get(span.style))
    return text


def _stamps(view: View) -> list[object]:
    """Return what the file system says of all that was read, and of the folders in which another record would appear."""
    root = view.place.root
    folders = [
        path for name in ("incidents", "postmortems") for path in (root / name, *sorted((root / name).glob("*/")))
    ]
    files = [*sorted((root / "policy").glob("*.yml")), *(root / path for path in view.paths)]
    return [_stamp(path) for path in (*folders, root / "policy", *files)]


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
