"""Pagefind at work: pages in, the files of a search index out, the same ones for the same pages.

https://pagefind.app. It reads HTML, so it is given a small page for each of ours: what is to be found, and nothing of the frame.
"""

from __future__ import annotations

import contextlib
import html
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.site.says import Says, text_of

INSTALL = 'Install it with: pip install "incidentbook[search]"'
_MEMORY = "/dev/shm"  # of Linux; elsewhere the usual folder does  # noqa: S108 - a folder of our own is made in it
_BYTES = 24_000  # for a page and what is made of it
_NAME = 10  # what a page's name counts for; a word of its text counts for the page's boost
_PART = 4000  # places of words in a part of an index, which is full once it has more; a question loads whole parts
_KEPT = ("pagefind.js", "pagefind-entry.json", "*.pf_meta", "*/*.pf_*")  # what it makes for other ways to use it is not


class PagefindError(IncidentbookError):
    """Pagefind is not there, or did not do its work."""


@frozen
class Found:
    """A page as the search sees it.

    Attributes:
        url: of the page below the root of the site.
        title: of the page, in plain text.
        says: what is to be found, as HTML, or what returns it; of the page of a record that is as it was nobody needs it.
        stamp: stands for that.
        boost: how much more a word here counts than one elsewhere.
        facets: what a search can be narrowed to: name and value.
        name: what it is called by, and found by before all others; empty for none.

    """

    url: str
    title: str
    says: Says
    stamp: str
    boost: float = 1.0
    facets: tuple[tuple[str, str], ...] = ()
    name: str = ""

    def page(self, language: str) -> str:
        """Return the small page that Pagefind reads."""
        filters = "".join(f'<i data-pagefind-filter="{html.escape(":".join(pair))}"></i>' for pair in self.facets)
        name = f'<p data-pagefind-weight="{_NAME}">{html.escape(self.name)}</p>' if self.name else ""
        weight = f' data-pagefind-weight="{self.boost}"' if self.boost != 1.0 else ""
        return (
            f'<html lang="{html.escape(language)}"><body>{filters}'
            f'<h1 data-pagefind-ignore data-pagefind-meta="title">{html.escape(self.title)}</h1>'
            f"<div{weight}>{text_of(self.says)}</div>{name}</body></html>"
        )


def available() -> bool:
    """Whether Pagefind is installed, with its program for this machine."""
    try:
        from pagefind.service import get_executable  # noqa: PLC0415 - asyncio, for a large site only
    except ImportError:
        return False
    return get_executable() is not None


def version() -> str:
    """Return Pagefind's version, which an index depends on."""
    return importlib.metadata.version("pagefind")


def packed(pages: Iterable[Found], language: str) -> bytes:
    """Return the index of these pages as the files of a folder, packed.

    Raises:
        PagefindError: Pagefind is not installed, or says no.

    """
    if not available():
        raise PagefindError("Pagefind is not installed", hint=INSTALL)
    import cbor2  # noqa: PLC0415 - it comes with Pagefind

    from incidentbook.press import ordered  # noqa: PLC0415 - it needs that, too

    pages = list(pages)
    with tempfile.TemporaryDirectory(prefix="incidentbook-search-", dir=_room(len(pages))) as name:
        site, index = Path(name, "site"), Path(name, "index")
        for page in pages:
            path = site / page.url
            path = path / "index.html" if page.url.endswith("/") or not page.url else path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.page(language), encoding="utf-8")
        _run("--site", str(site), "--output-path", str(index), "--silent", "--force-language", language)
        stem = (
            language if (index / f"wasm.{language}.pagefind").exists() else "unknown"
        )  # it knows words of 30 languages
        kept = (path for kind in (*_KEPT, f"wasm.{stem}.pagefind") for path in index.glob(kind))
        files = {path.relative_to(index).as_posix(): path.read_bytes() for path in kept}
    return cbor2.dumps(dict(sorted(ordered.ordered(files).items())))


def unpacked(archive: bytes, *, program: bool) -> dict[str, bytes]:
    """Return the files of an index; `program`: with what searches it, which one index of a site brings for all."""
    import cbor2  # noqa: PLC0415 - it comes with Pagefind

    files: dict[str, bytes] = cbor2.loads(archive)
    return {name: content for name, content in files.items() if program or not name.endswith((".js", ".pagefind"))}


def _room(pages: int) -> str | None:
    """Return where files lie in memory, if there is room: to write a file for each page costs more than the index of it."""
    with contextlib.suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > pages * _BYTES:
            return _MEMORY
    return None


def _run(*arguments: str) -> None:
    """Run the program on one core: it would spend twice the time on sharing the work out. Raises PagefindError."""
    command = [sys.executable, "-m", "pagefind", *arguments]
    settings = {"RAYON_NUM_THREADS": "1", "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_PART)}
    done = subprocess.run(  # noqa: S603 - its own arguments
        command, capture_output=True, text=True, check=False, env={**os.environ, **settings}
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise PagefindError(f"Pagefind made no index: {said[-1] if said else done.returncode}")
