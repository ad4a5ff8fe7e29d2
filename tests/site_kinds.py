"""The kinds of page of a built site, found by where pages stand, so that a new kind is tested without being named."""

from __future__ import annotations

from pathlib import Path


def kinds(folder: Path) -> dict[str, str]:
    """Return one page of each kind: by the kind's name, its address below the home page.

    Two pages are of one kind when their first folder and their depth are the same: all incidents, all playbooks. Of a kind the
    page with the most in it stands for the others.
    """
    largest: dict[str, Path] = {}
    for file in sorted(folder.rglob("*.html")):
        place = file.relative_to(folder)
        above = place.parts[:-1]
        kind = "/".join((*above[:1], *"*" * (len(above) - 1))) or place.stem.replace("index", "home")
        if kind not in largest or file.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = file
    return {kind: _address(file.relative_to(folder)) for kind, file in sorted(largest.items())}


def _address(place: Path) -> str:
    return place.as_posix().removesuffix("index.html")
