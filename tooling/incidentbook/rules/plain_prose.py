"""The rules about language over any Markdown text, outside a knowledge base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incidentbook.finding import Finding
from incidentbook.rules import Rule

_NAMES = {"name": "personal-name"}  # where a rule is called otherwise than what it finds


def findings(path: str, text: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield what those of ``rules`` that are about language find in a Markdown file; its front matter is passed over."""
    from incidentbook import prose  # noqa: PLC0415 - its patterns take time to load

    by_name = {rule.name: rule for rule in rules if rule.family == "language"}
    for flag in prose.flags(text):
        rule = by_name.get(_NAMES.get(flag.category, flag.category.value))
        if rule is not None:
            message = f"{flag.message.removesuffix('.')}: “{flag.words}”"
            yield Finding(rule.code, rule.name, path, flag.span, message, flag.suggestion, rule.grade)
