"""The policy of a page: hashes for the frame's scripts, none for what stands in the article, and no word that lets all run."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from incidentbook.site import content_policy

PAGE = """<!doctype html>
<html><head>
  <meta charset="utf-8">
  <script>first()</script><script src="bundle.js"></script>
</head><body>
<script id="c" type="application/json">{"a": 1}</script>
<article>text<script>planted()</script></article>
<script type='module'>last()</script>
</body></html>
"""


def sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(html: str, *, live: bool = False) -> dict[str, list[str]]:
    found = re.search(
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', content_policy.apply(html, live=live)
    )
    assert found
    return {words[0]: words[1:] for words in (part.split() for part in found[1].split(";"))}


def test_scripts_of_the_frame_are_named_and_those_in_the_article_are_not() -> None:
    assert directives(PAGE)["script-src"] == ["'self'", sha("first()"), sha("last()")]


def test_webassembly_runs_only_where_the_header_has_the_search_that_needs_it() -> None:
    assert (
        "'wasm-unsafe-eval'"
        in directives(PAGE.replace("<article", '<div data-pagefind="pagefind/"></div><article'))["script-src"]
    )
    assert "'wasm-unsafe-eval'" not in directives(PAGE.replace("text", '<div data-pagefind="x">', 1))["script-src"]


def test_an_article_that_is_left_too_early_does_not_bring_its_script_along() -> None:
    broken = PAGE.replace("text<script>", "</article><script>")
    assert directives(broken) == directives(PAGE)


def test_nothing_is_allowed_wholesale_and_nobody_else_is_asked() -> None:
    policy = directives(PAGE)
    assert policy["default-src"] == ["'none'"]
    words = {word for sources in policy.values() for word in sources if not word.startswith("'sha256-")}
    assert words == {"'self'", "'none'", "data:"}
    assert [name for name, sources in policy.items() if "data:" in sources] == ["img-src"]


def test_it_stands_after_the_charset_and_ahead_of_every_script() -> None:
    html = content_policy.apply(PAGE)
    assert html.index('<meta charset="utf-8">') < html.index(content_policy.OPENING) < html.index("<script")
    assert html.replace(f'{content_policy.OPENING} content="{content_policy.policy(PAGE)}">', "") == PAGE


def test_a_head_without_a_charset_and_a_page_without_a_head() -> None:
    assert content_policy.apply("<head lang=en><script>a()</script>").startswith(
        f"<head lang=en>{content_policy.OPENING}"
    )
    assert content_policy.apply("<p>a fragment</p>") == "<p>a fragment</p>"


def test_a_page_keeps_a_policy_of_its_own_and_twice_is_once() -> None:
    once = content_policy.apply(PAGE)
    assert content_policy.apply(once) == once
    told = PAGE.replace("<article>text", f"<article>{content_policy.OPENING}")  # a page about policies has none yet
    assert content_policy.apply(told) != told


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        ("<style>p { color: red }</style>", [sha("p { color: red }")]),
        ("<style media=print>a{}</style><style>a{}</style>", [sha("a{}")]),
        ('<td style="text-align: right;">', ["'unsafe-hashes'", sha("text-align: right;")]),
        ("<td style='a: &quot;b&quot;'>", ["'unsafe-hashes'", sha('a: "b"')]),
        ('<p style="">', ["'unsafe-hashes'", sha("")]),
        ("<p>", []),
    ],
)
def test_styles_of_the_page_are_named_wherever_they_stand(part: str, allowed: list[str]) -> None:
    assert directives(PAGE.replace("text", part, 1))["style-src"] == ["'self'", *allowed]


def test_a_preview_may_run_the_script_that_reloads_it() -> None:
    policy = directives(PAGE, live=True)
    assert policy["script-src"] == [
        "'self'",
        "'unsafe-inline'",
    ]  # a hash would switch the last off
    assert {**policy, "script-src": []} == {**directives(PAGE), "script-src": []}


def test_equal_pages_have_equal_policies_however_many_came_between() -> None:
    first = content_policy.policy(PAGE)
    for number in range(2000):
        content_policy.policy(PAGE.replace("first()", f"first({number})"))
    assert content_policy.policy(PAGE) == first
