"""What the rules about language share: the texts that they read, and what `incidentbook.prose` flags in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from incidentbook.entry import Entry
from incidentbook.rules import Hit, Place, limits, passages, walk
from incidentbook.rules.context import Context
from incidentbook.rules.passages import Passage
from incidentbook.span import Span

if TYPE_CHECKING:
    from incidentbook.prose import Flag

KINDS = ("incident", "postmortem")
# Texts that explain what happened. What was said to customers at the time stays as it was said.
_TEXTS = {
    "incident": (
        "title",
        "summary",
        "resolution",
        "roles.*.notes",
        "impact.summary",
        "impact.customer.notes.*",
        "impact.business.notes.*",
        "impact.technical.notes.*",
        "timeline.*.text",
        "investigation.primary_cause",
        "investigation.hypotheses.*.text",
        "investigation.evidence.*.text",
        "changes.*.text",
        "remediation.*.*.text",
    ),
    "postmortem": (
        "title",
        "summary",
        "root_cause",
        "skip_reason",
        "causes.nodes.*.text",
        "five_whys.*.why",
        "five_whys.*.because",
        "action_items.*.title",
        "action_items.*.description",
        "process_improvements.*",
        "recommendations.*",
    ),
}


def flags(entry: Entry[Any], context: Context) -> list[tuple[Passage, Flag]]:
    """Return what is flagged in the analysis of a file, in the order of its texts; computed once for all rules."""
    return context.once_a_file(
        ("language",), lambda: [*limits.until_too_many(_flags(entry), lambda pair: pair[1].category)]
    )


def hits(entry: Entry[Any], context: Context, category: str) -> Iterator[Hit]:
    """Yield a hit for each flag of ``category``."""
    for passage, flag in flags(entry, context):
        if flag.category == category:
            yield hit(passage, flag)


def hit(passage: Passage, flag: Flag, message: str = "") -> Hit:
    """Return the hit at the flagged words, with the better way to put it as its hint."""
    words = f"{message or flag.message.removesuffix('.')}: “{flag.words}”"
    return Hit(place(passage, flag.span), words, flag.suggestion)


def place(passage: Passage, span: Span) -> Place:
    """Return where words stand in the file that stand at ``span`` in a text as `prose` was given it (`given`)."""
    lead = 0 if passage.path else 1
    start = passages.offset_of(passage.text, span.line - lead, span.column)
    end = passages.offset_of(passage.text, span.end_line - lead, span.end_column)
    return passage.place(start, end)


def given(passage: Passage) -> str:
    """Return a text for `prose`: a line above a body keeps a thematic break at its start from looking like front matter."""
    return passage.text if passage.path else f"\n{passage.text}"


def is_imported(value: Any) -> bool:
    """Whether others wrote this record or entry: their words are kept as they are."""
    return isinstance(value, dict) and "provenance" in value


def _flags(entry: Entry[Any]) -> Iterator[tuple[Passage, Flag]]:
    from incidentbook import prose  # noqa: PLC0415 - its patterns take time to load, and many runs look at no text

    for passage in texts(entry, prose.may_flag):
        for flag in prose.flags(given(passage), markdown=not passage.path):
            yield passage, flag


def texts(entry: Entry[Any], may_flag: Callable[[str], bool]) -> Iterator[Passage]:
    """Yield the texts of a file that explain what happened, as far as ``may_flag`` says that a look is worth it."""
    value = entry.document.value
    if is_imported(value):
        return
    for path, text in walk.all_texts(value, _TEXTS[entry.kind]):
        if not may_flag(text):
            continue
        holder = value
        for step in path[:-1]:
            holder = holder[step]
        if not is_imported(holder) and not _is_rejected(path, holder):
            yield Passage(entry, path, text)
    if entry.kind == "postmortem":
        yield from passages.body(entry)


def _is_rejected(path: walk.KeyPath, holder: Any) -> bool:
    """Whether this is a hypothesis that the investigation has given up: it explains nothing any more."""
    return "hypotheses" in path and holder.get("status") == "rejected"
