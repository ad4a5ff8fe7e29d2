"""Parts of a page that are HTML already, because Markdown would take long over them: thousands of rows, a month of days.

Links in them lead to pages by their path (``incidents/INC-2025-001.md``), as in Markdown; only the engine knows the address.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence

from incidentbook.site import text

_LINK = re.compile(r'(?<=<a href=")([^":?#]+\.md)(?=["?#])')


def element(tag: str, content: str, kind: str = "", **attributes: str) -> str:
    """Return an element around safe HTML; ``kind`` names its class, an underscore in an attribute stands for a hyphen."""
    named = {"class": kind, **{name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}}
    said = "".join(f' {name}="{text.attribute(value)}"' for name, value in named.items() if value)
    return f"<{tag}{said}>{content}</{tag}>"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "", *, headed: bool = True) -> str:
    """Return a table of safe HTML cells; empty when there is no row. The first of each row is its heading where ``headed``."""
    body = "\n".join(f"<tr>{_row(cells, headed=headed)}</tr>" for cells in rows)
    if not body:
        return ""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    made = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    return f'<div class="ib-table ib-table--finished{f" ib-table--{kind}" if kind else ""}">\n{made}\n</div>'


def _row(cells: Sequence[str], *, headed: bool) -> str:
    first = f'<th scope="row">{cells[0]}</th>' if headed else f"<td>{cells[0]}</td>"
    return first + "".join(f"<td>{cell}</td>" for cell in cells[1:])


def details(summary: str, content: str) -> str:
    """Return something that a reader opens; both are safe HTML."""
    return f'<details class="ib-details"><summary>{summary}</summary>\n{content}\n</details>'


def resolve(page: str, path: str, address: Callable[[str], str | None]) -> str:
    """Give the links of finished HTML the addresses of their pages.

    Args:
        page: the HTML of a page.
        path: where that page stands among the pages (``incidents/index.md``).
        address: returns the address of another page as seen from this one; None where there is no such page.

    """
    folder = posixpath.dirname(path)

    def lead(match: re.Match[str]) -> str:
        return address(posixpath.normpath(posixpath.join(folder, match[1]))) or match[1]

    return _LINK.sub(lead, page)
