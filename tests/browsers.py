"""The browser that `make browser` found for this Python's environment, and why there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "browser"


def want(folder: Path = FOLDER) -> str:
    """Return why no browser can be driven, or an empty text where one can."""
    refused = folder / "unavailable"
    if refused.is_file():
        return refused.read_text(encoding="utf-8").strip()
    if not (folder / "program").is_file():
        return "no browser was looked for yet: make browser"
    if not os.access(program(folder), os.X_OK):
        return f"{program(folder)}, which was found once, is gone: make browser"
    return ""


def program(folder: Path = FOLDER) -> str:
    """Return the path of the browser."""
    return (folder / "program").read_text(encoding="utf-8").strip()
