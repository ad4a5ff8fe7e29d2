"""Markdown bodies come through as finished HTML, and nothing of them runs."""

from __future__ import annotations

import html
import re

import markdown
import pytest

from incidentbook.site import body
from incidentbook.site.links import Directory

PAGES = Directory(
    sources={"playbooks/a/b.md": "playbooks/a/b.md"}, incidents={"INC-2025-001": "incidents/INC-2025-001.md"}
)
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "admonition", "pymdownx.superfences", "pymdownx.tasklist"]
EXTENSIONS += ["incidentbook.site.finished"]


def rewritten(source: str) -> str:
    return body.rewrite(source, PAGES.at("postmortems/x.md"), "postmortems/2025/x.md")


def rendered(source: str) -> str:
    return markdown.markdown(rewritten(source), extensions=EXTENSIONS)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "text <script>alert(1)</script> text",
        '<img src="x" onerror="alert(1)">',
        'text <img src="x" onerror="alert(1)"> text',
        "[click](javascript:alert(1))",
        "[click][ref]\n\n[ref]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        "# Title {onclick=alert(1)}",
        "paragraph\n{ onclick=alert(1) }",
        "[x](https://example.org){onclick=alert(1)}",
        '<div markdown="1" onclick="alert(1)">x</div>',
        "<iframe src='https://elsewhere.example'></iframe>",
        "<style>body{display:none}</style>",
        "<svg/onload=alert(1)>",
        "``` { .py onclick=alert(1) }\nx\n```",
        "> <script>alert(1)</script>",
        "- <script>alert(1)</script>",
        "| <script>alert(1)</script> |\n| --- |\n| x |",
        "<details ontoggle=alert(1) open>x</details>",
        "*[abbr]: <script>alert(1)</script>",
        "\\<script>alert(1)\\</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_runs(source: str) -> None:
    made = rendered(source)
    tags = re.findall(r"<(/?[a-zA-Z][^\s/>]*)([^>]*)>", made)
    assert not {name.lower().lstrip("/") for name, _ in tags} & {
        "script",
        "img",
        "iframe",
        "style",
        "svg",
        "object",
        "details",
    }
    for _, attributes in tags:
        assert not re.search(r"\son\w+\s*=", attributes)
        assert "javascript:" not in attributes
        assert "data:" not in attributes


def test_pictures_from_elsewhere_are_links_so_that_no_browser_asks_for_them() -> None:
    assert "<img" not in rendered("![graph](https://elsewhere.example/g.png)")
    assert 'href="https://elsewhere.example/g.png"' in rendered("![graph](https://elsewhere.example/g.png)")


def test_links_between_files_become_links_between_pages_and_dead_ones_text() -> None:
    assert (
        rendered("[b](../../playbooks/a/b.md) and [c](../c.md)") == '<p><a href="../../playbooks/a/b/">b</a> and c</p>'
    )
    assert rendered("see INC-2025-001, [not INC-2025-001 twice](../c.md)") == (
        '<p>see <a href="../../incidents/INC-2025-001/">INC-2025-001</a>, not INC-2025-001 twice</p>'
    )
    assert "[INC-2025-001](../incidents/INC-2025-001.md)" in rewritten("## Like INC-2025-001"), "headings are Markdown"


def test_what_people_write_comes_through() -> None:
    source = """# Shifted

Some *emphasis*, **weight**, ~~gone~~ and `co*de`.
Second line.\\
After a break.

- one
    - nested

      with a second paragraph
- two

3. three

> quoted
> twice

| a | b |
| --- | --- |
| 1 | `x|y` |

```sh
echo "$HOME" <a>

# comment
```

***
"""
    made = rendered(source)
    expected = [
        '<h2 id="shifted">Shifted</h2>',
        "<em>emphasis</em>, <strong>weight</strong>, <del>gone</del> and <code>co",
        "Second line.<br> After a break.",
        "<blockquote>",
        "<hr",
        "<th>a</th>",
        '<ol start="3">',
    ]
    assert [item for item in expected if item not in made] == []
    assert made.count("<ul>") == 2
    apart = re.sub(r"</?(?:p|li|ol|ul|h2)\b[^>]*>", " ", made)
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", "", apart)).split())
    assert 'echo "$HOME" <a> # comment' in words
    assert "nested with a second paragraph" in words


def test_code_keeps_its_lines_wherever_it_stands() -> None:
    made = rendered("1. run\n\n    ```sh\n    a <b>\n\n      c\n    ```\n\n> - x\n>\n>       y\n")
    assert "<ol><li><p>run</p><pre><code>a &#60;b&#62;&#10;&#10;  c</code></pre></li></ol>" in made
    assert "<blockquote><ul><li><p>x</p><pre><code>y</code></pre></li></ul></blockquote>" in made


def test_a_heading_inside_a_block_is_none_of_the_page() -> None:
    assert rendered("> # Loud\n\n- ## Louder\n") == (
        "<div><blockquote><p><strong>Loud</strong></p></blockquote><ul><li><p><strong>Louder</strong></p></li></ul></div>"
    )


def test_characters_that_mean_something_elsewhere_stay_themselves() -> None:
    source = "## A\n\n- x *y* `z`\n- [l](https://example.org/?a=b&c=d)\n\n1 < 2 & 3\n"
    once = rendered(source)
    assert "1 &#60; 2 &#38; 3" in once
    assert 'href="https://example.org/?a=b&c=d"' in html.unescape(once)
