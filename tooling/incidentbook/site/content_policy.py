"""The Content-Security-Policy of a page: what a reader's browser may load and run, as a function of the page's HTML alone.

Everything comes from the site itself. Of the scripts that stand in a page, those of the theme's frame are named by their
hashes, which change when the theme does. A script inside the article gets none: text of records stands there, and should
one ever slip past the sanitiser, the browser refuses it. Styles cannot run, so those in the article are named too.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html as markup
import re
from collections.abc import Iterable, Iterator

OPENING = '<meta http-equiv="Content-Security-Policy"'
# Tags are looked for in small letters, as the theme writes them: what stands there in capitals is refused, the safe mistake.
_STYLE_ATTRIBUTE = re.compile(r"""style=(?:"([^"]*)"|'([^']*)')""")
_TYPE = re.compile(r"""\btype=["']?([^"'\s>]+)""")
_RUNS = ("", "module", "text/javascript", "application/javascript", "importmap", "speculationrules")
_WASM = " data-pagefind="  # in the header of a page whose search is WebAssembly
_HEAD = re.compile(r"<head\b[^>]*>\s*(?:<meta\s+charset=[^>]*>)?")


def apply(html: str, *, live: bool = False) -> str:
    """Return the page with its policy in the head, ahead of anything that is loaded.

    Args:
        html: the whole page. One without a head, and one that has a policy of its own, come back as they are.
        live: for a preview, into which MkDocs writes another script each time it is asked for: every inline script may run.

    """
    head = _HEAD.search(html)
    if head is None or html.find(OPENING, head.end(), html.find("</head>", head.end())) >= 0:
        return html
    place = head.end()  # after the charset, for which a browser looks in the first 1,024 bytes
    return f'{html[:place]}{OPENING} content="{policy(html, live=live)}">{html[place:]}'


def policy(html: str, *, live: bool = False) -> str:
    """Return the policy for a page, without the quotes around it (it holds none but single ones)."""
    scripts = ("'unsafe-inline'",) if live else _hashes(_frame_scripts(html))
    sheets = _hashes(text for _, text in _elements(html, "style"))
    attributes: tuple[str, ...] = ()
    if "style=" in html:
        values = (found[1] if found[1] is not None else found[2] for found in _STYLE_ATTRIBUTE.finditer(html))
        attributes = _hashes(markup.unescape(value) for value in values)
    if html.find(_WASM, 0, html.find("<article")) >= 0:
        scripts = ("'wasm-unsafe-eval'", *scripts)
    return _written(scripts, sheets, attributes)


@functools.lru_cache(maxsize=256)
def _written(scripts: tuple[str, ...], sheets: tuple[str, ...], attributes: tuple[str, ...]) -> str:
    """Return the policy that allows these sources beside the site's own files. Most pages share a few of them."""
    hashed = ("'unsafe-hashes'", *attributes) if attributes else ()  # the word lets a hash speak for an attribute
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *scripts),
        "style-src": ("'self'", *sheets, *hashed),
        "img-src": ("'self'", "data:"),  # the theme's icons are data in its stylesheet
        "font-src": ("'self'",),
        "media-src": ("'self'",),
        "connect-src": ("'self'",),
        "worker-src": ("'self'",),
        "manifest-src": ("'self'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _frame_scripts(html: str) -> Iterator[str]:
    """Yield the text of each inline script that would run, except those in the article."""
    begin, end = html.find("<article"), html.rfind("</article>")
    for attributes, text in _elements(html[:begin] + html[end:] if 0 <= begin < end else html, "script"):
        kind = _TYPE.search(attributes) if attributes else None
        if "src=" not in attributes and (kind[1] if kind else "") in _RUNS:
            yield text


def _elements(html: str, tag: str) -> Iterator[tuple[str, str]]:
    """Yield attributes and content of each element that holds plain text; a split is many times as fast as a pattern."""
    for piece in html.split(f"<{tag}")[1:]:
        attributes, _, rest = piece.partition(">")
        yield attributes, rest.partition(f"</{tag}")[0]


def _hashes(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_hash(text) for text in texts))


@functools.lru_cache(maxsize=1024)
def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
