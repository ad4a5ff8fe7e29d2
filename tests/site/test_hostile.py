"""Every text field of a whole record holds an attack at once; the rendered pages hold nothing but our own elements."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import markdown
import pytest

import kb
from incidentbook import repository
from incidentbook.entry import POLICY_TYPES
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare

EXTENSIONS = [
    "attr_list",
    "md_in_html",
    "tables",
    "toc",
    "admonition",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.details",
]
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</dd></dl></div><iframe src=javascript:alert(1)>",
    "{ onclick=alert(1) .x #y }",
    "[x](javascript:alert(1)){onclick=alert(1)}",
    "x | y\n\n# heading\n\n<style>*{}</style>\n\n```\ncode",
    "<p onclick='alert(1)'>html</p><a href='javascript:alert(1)'>x</a>",
    "</code></pre><script>alert(1)</script>",
    "<!-- comment <b> --> *open **strong `tick",
    "![x](https://elsewhere.example/x.png) <https://elsewhere.example/%22onclick=%22>",
    'https://elsewhere.example/"onmouseover="alert(1)',
]
# What a checker would refuse in another form, and what decides which pages there are.
_KEPT = re.compile(
    r"\d{4}-\d\d-\d\d|(?:INC|AI)-\d{4}-\d+|\d+[smhd]\Z|public|internal|restricted|sev\d|resolved|closed|done|in-progress|"
    r"not-started|active|published|in-review"
)
_TAGS = {
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "div",
        "span",
        "dl",
        "dt",
        "dd",
        "ol",
        "ul",
        "li",
        "a",
        "strong",
        "em",
        "b",
        "i",
    ),
    *(
        "small",
        "caption",
        "abbr",
        "time",
        "details",
        "summary",
        "form",
        "fieldset",
        "legend",
        "select",
        "option",
        "optgroup",
        "button",
    ),
    *("del", "code", "pre", "br", "hr", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "label", "input"),
    *("time", "small", "details", "summary"),
}
_ATTRIBUTES = {
    *(
        "class",
        "id",
        "href",
        "rel",
        "type",
        "style",
        "scope",
        "title",
        "datetime",
        "for",
        "name",
        "value",
        "placeholder",
    ),
    *(
        "hidden",
        "autocomplete",
        "spellcheck",
        "role",
        "aria-live",
        "aria-label",
        "data-s",
        "data-f",
        "data-now",
        "label",
    ),
    *("tabindex", "data-ib-playbook"),
}
_INPUTS = {"checkbox", "search", "date"}
# Addresses of our own: in Markdown those of files, in finished HTML those of pages, JSON and feeds, and of places on a page.
_ADDRESS = re.compile(
    r"https?://|mailto:|[\w./-]+\.md(?:#|$)|(?:\.\./)*(?:[\w.-]+/)*(?:\?[\w=&%.+-]*)?(?:#[\w.-]+)?$"
    r"|(?:\.\./)*(?:[\w.-]+/)*[\w.-]+\.json$|(?:\.\./)*feeds/[a-z]+\.(?:xml|ics)$"
)
# Of pictures; the parser writes names in small letters.
_DRAWN = {
    *("figure", "figcaption", "svg", "g", "path", "line", "rect", "text", "tspan", "title", "desc", "clippath", "defs"),
}
_DRAWN_ATTRIBUTES = {
    *(
        "tabindex",
        "xmlns",
        "viewbox",
        "width",
        "height",
        "role",
        "aria-labelledby",
        "overflow",
        "class",
        "id",
        "transform",
        "d",
        "x",
        "y",
    ),
    *("x2", "y2", "dx", "dy", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-miterlimit", "opacity"),
    *("x1", "y1", "rx", "preserveaspectratio", "clip-path", "text-anchor", "font-family", "font-size", "font-weight"),
}


def poisoned(value: Any, attack: str, key: str = "") -> Any:
    """Return ``value`` with the attack in every text that is no id, time or decisive term."""
    if isinstance(value, dict):
        return {name: poisoned(item, attack, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, attack, key) for item in value]
    if isinstance(value, str) and not _KEPT.match(value):
        return f"{attack} {value}" if len(attack) % 2 else attack
    return value


class Elements(HTMLParser):
    """Checks every element of a page as it comes by."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is not ours."""
        if tag in _DRAWN:
            self.wrong += [f"{tag} {name}={value}" for name, value in attrs if name not in _DRAWN_ATTRIBUTES]
            self.wrong += [f"{tag} {name}={value}" for name, value in attrs if "://" in str(value) and name != "xmlns"]
            return
        if tag not in _TAGS:
            self.wrong.append(tag)
        for name, value in attrs:
            url = name == "href" and not _ADDRESS.match(value or "")
            align = name == "style" and not re.fullmatch(r"text-align: \w+;", value or "")
            if name not in _ATTRIBUTES or url or align or (tag == "input" and name == "type" and value not in _INPUTS):
                self.wrong.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_every_field_is_only_text(attack: str) -> None:
    whole = repository.load(kb.ROOT)
    hostile = kb.repo(
        *(poisoned(entry.document.value, attack) for entry in whole.incidents[-3:]),
        postmortems=[poisoned(entry.document.value, attack) | {"body": attack} for entry in whole.postmortems[-3:]],
        playbooks=[poisoned(entry.document.value, attack) | {"body": attack} for entry in whole.playbooks],
        **{
            name.replace("-", "_"): poisoned(entry.document.value, attack)
            for name, entry in whole.policies.items()
            if name in POLICY_TYPES
        },
    )
    made = pages_of(prepare(hostile, kb.at("2025-01-15 06:00"), Disclosure.RESTRICTED))
    assert len(made) > 12
    for page in made:
        elements = Elements()
        elements.feed(markdown.markdown(page.content, extensions=EXTENSIONS))
        elements.close()
        assert elements.wrong == [], page.path
        assert "{{" not in page.content
        assert "<" not in page.text.partition("\n---\n")[0], page.path
