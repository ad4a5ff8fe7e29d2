"""The forms that a report comes in, each made from the same sections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from incidentbook import reports
from incidentbook.reports import ReportContext

Tell = Callable[[str], None]
_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".pdf": "pdf",
}


def by_ending(path: Path) -> str | None:
    """Return the form that a file's name asks for; None where it says nothing."""
    return _ENDINGS.get(path.suffix.lower())


def _text(made: ReportContext, tell: Tell) -> str:
    del tell
    from incidentbook.reports import text  # noqa: PLC0415 - one form is wanted at a time

    return text.render(reports.build(made))


def _markdown(made: ReportContext, tell: Tell) -> str:
    del tell
    from incidentbook.reports import markdown  # noqa: PLC0415 - likewise

    return markdown.render(reports.build(made))


def _html(made: ReportContext, tell: Tell) -> str:
    del tell
    from incidentbook.reports import html, pictures  # noqa: PLC0415 - likewise

    shown = pictures.with_charts(reports.build(made), made, "report")
    return html.render(shown, title=_title(made), organisation=made.repo.knowledge_base.organisation)


def _pdf(made: ReportContext, tell: Tell) -> bytes:
    from incidentbook.reports import pdf, pictures  # noqa: PLC0415 - likewise

    organisation = made.repo.knowledge_base.organisation
    shown = pictures.with_charts(reports.build(made), made, "paper")
    return pdf.render(shown, title=_title(made), organisation=organisation, now=made.now, tell=tell)


def _title(made: ReportContext) -> str:
    return f"{made.incident.id}: {made.incident.title}"


def _json(made: ReportContext, tell: Tell) -> str:
    del tell
    return json.dumps(reports.plain(made), indent=2, ensure_ascii=False) + "\n"


FORMS: dict[str, Callable[[ReportContext, Tell], str | bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
    "pdf": _pdf,
}
