"""The small editor itself: it counts as the protocol does, and says what is wrong when a server hangs up or refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from editor.lsp import LanguageServer, Position, between


def test_a_cursor_is_counted_in_utf_16_units() -> None:
    text, place = Position.of_cursor("id: a\n🚨é: ▮x\n")
    assert (text, place) == ("id: a\n🚨é: x\n", Position(1, 5))
    start, end = {"line": 1, "character": 0}, {"line": 1, "character": 2}
    assert between(text, {"start": start, "end": end}) == "🚨"


def test_a_server_that_ends_is_quoted(tmp_path: Path) -> None:
    dying = [sys.executable, "-c", "import sys; sys.stdin.buffer.read(1); sys.exit('no memory left')"]
    with pytest.raises(ConnectionError, match="has ended:\nno memory left"):
        LanguageServer(dying, tmp_path, {})
