"""Text from records becomes Markdown that shows it and does nothing."""

from __future__ import annotations

import html
import re

import markdown
import pytest

from incidentbook.site import text

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "admonition", "pymdownx.superfences", "pymdownx.tasklist"]


def rendered(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


def shown(source: str) -> str:
    """Return what a reader sees of a rendered paragraph."""
    return html.unescape(re.sub(r"<[^>]*>", "", rendered(source)))


@pytest.mark.parametrize(
    "value",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![x](https://elsewhere.example/pixel.png)",
        "# not a heading",
        "1. not a list",
        "12) nor this",
        "- nor that",
        "+ nor that",
        "!!! note",
        "??? note",
        "/// block",
        ": definition",
        "=== tab",
        "***bold*** and __also__ and ~~gone~~ and ==mark== and `code`",
        "{{ config.site_name }} {% include 'x' %} {#- gone -#}",
        "heading { #id .class onclick=alert(1) }",
        "a | b | c",
        "back\\slash \\* \\_",
        "AT&T &amp; &lt;b&gt; &#60;",
        "https://example.org/a_b_c?d=e&f=*g*",
        "<https://example.org>",
        "[^1]: footnote and [ref]: x",
        "$x_1$ and $$y$$ :smile: ^sup^",
        "\"quoted\" and 'single'",
        "\x02wzxhzdk:0\x03",
        "2.5 % of 3,000",
        "```",
        "---",
    ],
)
def test_escaped_text_shows_exactly_itself(value: str) -> None:
    once = text.escape(value)
    assert shown(once) == text.plain(value)
    for tag in re.findall(r"<(\w+)", rendered(once)):
        assert tag == "p"


@pytest.mark.parametrize("value", ["{{ x }}", "{% x %}", "{# x #}"])
def test_no_template_engine_finds_its_braces(value: str) -> None:
    assert "{" not in text.escape(value)


def test_a_cell_stays_one_cell() -> None:
    table = f"| a | b |\n| --- | --- |\n| {text.escape('x | y')} | z |"
    assert rendered(table).count("<td>") == 2


def test_an_attribute_cannot_be_left() -> None:
    assert '"' not in text.attribute('a" onmouseover="alert(1)')


def test_commands_keep_their_lines_and_their_characters() -> None:
    command = 'for n in 1 2; do\n\techo "<$n>" && x[*]\n\ndone\n'
    block = rendered(f"<pre><code>{text.code(command)}\n</code></pre>")
    assert html.unescape(re.sub(r"</?(pre|code)>", "", block)) == command.expandtabs(4)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One<br> Two"),
        ("a<br />b", "a<br> b"),
        (
            "<ul><li><strong>15:14</strong> - first</li><li>second</li></ul>",
            "<strong>15:14</strong> - first<br> second",
        ),
        ("AT&amp;T", "AT&amp;T"),
        ("<script>alert(1)</script>safe<b>!</b>", "safe<b>!</b>"),
        ("<p>x</p><img src=x onerror=alert(1)>", "x"),
        ('<a href="javascript:alert(1)">x</a>', f'<a rel="{text.REL}">x</a>'),
        ('<a href="/relative" onclick="x()">x</a>', f'<a rel="{text.REL}">x</a>'),
        (
            '<a href="https://example.org/a_b">x_y</a>',
            f'<a href="https://example.org/a&#95;b" rel="{text.REL}">x&#95;y</a>',
        ),
        ("<b>un*closed", "<b>un&#42;closed</b>"),
    ],
)
def test_imported_html_is_reduced_to_a_few_inline_tags(value: str, expected: str) -> None:
    assert text.is_html(value)
    assert text.clean_html(value) == expected


@pytest.mark.parametrize("value", ["a < b and c > d", "R&D", "<host> answers", "x <- y", "a <3 b"])
def test_plain_text_with_angle_brackets_is_no_html(value: str) -> None:
    assert not text.is_html(value)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " java\x00script:x",
        "data:text/html,x",
        "//x.example",
        "/x",
        "x.md",
        "https://a b",
    ],
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert text.link_out(url, "label") == "label"


def test_a_link_out_cannot_leave_its_attribute() -> None:
    made = text.link_out('https://example.org/"onclick="x', "label")
    assert made.count('"') == 4
    assert made.startswith('<a href="https://example.org/&quot;onclick')


def test_a_day_is_not_divided_at_the_end_of_a_line() -> None:
    assert text.unbroken("<i> seen, 2024-06-02") == "&#60;i&#62; seen, <time>2024-06-02</time>"
