"""Our looks and scripts: written in several files, read in one, since each would cost a reader's browser a question."""

from __future__ import annotations

from pathlib import Path

FOLDER = "assets"
ENDINGS = (".css", ".js")
_THEME = Path(__file__).parent / "theme"


def address(ending: str) -> str:
    """Return where the site has all looks (``.css``) or scripts (``.js``), as seen from its root."""
    return f"{FOLDER}/incidentbook{ending}"


def parts(ending: str) -> dict[str, str]:
    """Return what is put together there: by path in the theme, the general part first, the others by name."""
    found = sorted((_THEME / FOLDER).glob(f"*{ending}"), key=lambda path: (path.stem != "incidentbook", path.name))
    return {f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in found}
