"""Where pages will be served. The site engine decides that, so whoever makes the site says it."""

from __future__ import annotations

import posixpath

from incidentbook.frozen import frozen

_INDEXES = ("index.md", "README.md")


@frozen
class Addresses:
    """Addresses of pages and files.

    Attributes:
        root: the address of the site, such as ``https://example.org/incidents/``; empty where nobody has said it.
        folders: whether ``a/b.md`` is served as ``a/b/`` and not as ``a/b.html``.

    """

    root: str = ""
    folders: bool = True

    def page(self, path: str, origin: str = "") -> str:
        """Return the address of the page ``path``: absolute where the root is known, else as seen from the file ``origin``."""
        return self.file(self.served(path), origin)

    def served(self, path: str) -> str:
        """Return where the page ``path`` stands below the root: a folder ends with a slash, the root itself is empty."""
        folder, name = posixpath.split(path)
        if name in _INDEXES:
            served = f"{folder}/" if folder else ""
            return served if self.folders else f"{served}index.html"
        return path.removesuffix(".md") + ("/" if self.folders else ".html")

    def file(self, path: str, origin: str = "") -> str:
        """Return the address of the file ``path`` of the site, in the same way."""
        if self.root:
            return f"{self.root.rstrip('/')}/{path}"
        # posixpath.relpath asks for the working directory, for each of tens of thousands of links
        there, here = path.rstrip("/").split("/") if path else [], origin.split("/")[:-1]
        shared = len(posixpath.commonprefix([there, here]))
        relative = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
        return f"{relative}/" if path.endswith("/") or not path else relative
