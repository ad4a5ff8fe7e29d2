"""Scripts of the frame wait for the page; what stands in or before the article is left alone."""

from __future__ import annotations

from incidentbook.site import content_policy, frame

PAGE = '<head><script src="early.js"></script></head><article>&lt;script src="told.js"</article><script src="a.js"></script>'


def test_scripts_behind_the_article_wait_and_others_do_not() -> None:
    assert frame.defer(PAGE) == PAGE.replace('src="a.js"', 'defer src="a.js"')
    assert frame.defer(frame.defer(PAGE)) == frame.defer(PAGE)


def test_a_page_without_an_article_has_them_at_its_end() -> None:
    assert frame.defer('<p>nothing</p><script src="a.js">') == '<p>nothing</p><script defer src="a.js">'


def test_a_finished_page_has_both() -> None:
    html = frame.finish(PAGE, live=True)
    assert "defer" in html
    assert content_policy.policy(PAGE, live=True) in html
