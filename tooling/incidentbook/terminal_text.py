"""Text for a terminal: nothing in it that a file could steer the terminal by, and how many columns it takes."""

from __future__ import annotations

import unicodedata

_SAFE = {"Cc": " ", "Cf": "", "Cs": "\N{REPLACEMENT CHARACTER}", "Zl": " ", "Zp": " "}


def printable(text: str) -> str:
    """Return ``text`` on one line, without the control and direction characters that would steer a terminal."""
    return " ".join("".join(_SAFE.get(unicodedata.category(sign), sign) for sign in text).split())


def clean(text: str) -> str:
    """Return ``text`` on one line with every control character shown as a picture, not sent to the terminal."""
    if text.isprintable():
        return text
    return "".join(_picture(character) for character in text)


def _picture(character: str) -> str:
    if character.isprintable():
        return character
    if character in "\t\n\r":
        return " "
    code = ord(character)
    if code < 0x20:  # noqa: PLR2004 - the C0 controls, which Unicode pictures in the same order
        return chr(0x2400 + code)
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else " "


def width(text: str) -> int:
    """Return the number of terminal columns that ``text`` takes: wide East Asian characters and emoji take two."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
