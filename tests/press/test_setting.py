"""What pages of one kind have in common, and what each of them leaves to the browser."""

from __future__ import annotations

import pytest

from incidentbook.press.setting import sparse

LINK = '<a class="headerlink" href="#{}" title="Permanent link">&para;</a>'


def page(title: str, *headings: str) -> str:
    return title + "".join(f'<h2 id="{name}">{name}{LINK.format(name)}</h2>\n<p>Text</p>' for name in headings)


def test_only_the_title_keeps_its_permanent_link() -> None:
    made = sparse(page(f'<h1 id="record">One{LINK.format("record")}</h1>\n', "timeline", "impact"))
    assert made.count("headerlink") == 1
    assert made.startswith('<h1 id="record">One<a class="headerlink" data-all href="#record"')
    assert made.endswith('<h2 id="impact">impact</h2>\n<p>Text</p>')


@pytest.mark.parametrize("title", ['<h1 id="record">One</h1>', '<h2 id="r">One' + LINK.format("r") + "</h2>", ""])
def test_a_page_whose_title_has_none_stays_as_it_is(title: str) -> None:
    whole = page(title, "timeline")
    assert sparse(whole) == whole
