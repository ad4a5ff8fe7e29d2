"""Parts of the pages of many records that are HTML already: thousands of rows, a month of days, what a reader opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incidentbook.site import text


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
