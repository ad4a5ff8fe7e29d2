"""Our looks and scripts: written in several files, read in one, since each would cost a reader's browser a question."""

from __future__ import annotations

from pathlib import Path

FOLDER = "assets"
ENDINGS = (".css", ".js")
_THEME = Path(__file__).parent / "theme"


def address(ending: str) -> str:
    """Return where the site has all looks (``.css``) or scripts (``.js``), as seen from its root."""
    return f"{FOLDER}/incidentbook{ending}"


def parts(ending: str, *more: Path) -> dict[str, str]:
    """Return what is put together there: by path in the theme and in ``more`` of its kind, the general part first."""
    written = (path for folder in (_THEME, *more) for path in (folder / FOLDER).glob(f"*{ending}"))
    found = sorted(written, key=lambda path: (path.stem != "incidentbook", path.name))
    return {f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in found}
