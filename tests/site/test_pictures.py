"""Charts on the metrics page: in the page itself, with what they rest on, for its audience only, and drawn once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest

import kb
from chart_data import NOW, knowledge_base, twelve
from commits import Repo
from incidentbook import repository
from incidentbook.charts import draw
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare
from incidentbook.site.page import Page

EXTENSIONS = ["attr_list", "md_in_html", "tables", "pymdownx.superfences"]


def page(base: repository.Repository, audience: Disclosure = Disclosure.PUBLIC) -> str:
    (found,) = (item for item in pages_of(prepare(base, NOW, audience, "abc1234")) if item.path == "metrics.md")
    return found.content


@pytest.fixture(scope="module")
def content() -> str:
    """The metrics page of a year of incidents that everybody may see."""
    return page(knowledge_base(*twelve(disclosure="public")))


def test_every_chart_with_enough_data_is_in_the_page(content: str) -> None:
    for title in ("Incidents by month and severity", "Time to resolve over time", "Error budgets"):
        assert f"### {title}" in content
    assert content.count('<svg xmlns="http://www.w3.org/2000/svg" class="ib-chart"') == 6
    assert content.count("<figcaption>") == 6
    assert content.count("commit abc1234") >= 6
    assert "Not drawn for want of data:\n\n- **Action items open and overdue**: only the history" in content


def test_what_it_shows_is_said_for_whoever_does_not_see_it(content: str) -> None:
    assert "12 incidents in 12 months" not in content  # 13: the running one, too
    said = re.search(r"<desc[^>]*>(Median time to resolve[^<]*)</desc>", content)
    assert said is not None
    assert f"\n{said[1].split('(')[0].strip()}" in content
    assert 'role="img"' in content


def test_markdown_leaves_the_pictures_as_they_are(content: str) -> None:
    made = markdown.markdown(content, extensions=EXTENSIONS)
    pictures = re.findall(r"<svg .*?</svg>", content)
    assert len(pictures) == 6
    assert all(picture in made for picture in pictures)
    assert "{{" not in made
    assert not re.search(r"<p>\s*<svg|<script", made)


def test_ids_are_not_given_twice(content: str) -> None:
    ids = re.findall(r' id="([^"]*)"', content)
    assert len(ids) == len(set(ids)) == 12


@pytest.mark.parametrize("level", ["internal", "restricted"])
def test_a_narrower_incident_is_in_no_picture(level: str) -> None:
    incidents = [*twelve(disclosure="public")[:-1], *twelve(disclosure=level, services=["web"])[-1:]]
    base = knowledge_base(*incidents)
    shown = page(base)
    assert "INC-2024-011" in shown
    assert "INC-2024-012" not in shown
    assert "n &#61; 11;" in shown
    assert "INC-2024-012" in page(base, Disclosure.RESTRICTED)


def test_a_knowledge_base_without_incidents_says_why_nothing_is_drawn() -> None:
    shown = page(knowledge_base())
    assert "<svg" not in shown
    assert shown.count("- **") == 7


def test_a_build_keeps_what_it_drew(
    inc: kb.Inc, example_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(name: str) -> str:
        done = inc("site", "build", "--output", str(tmp_path / name), root=example_copy)
        assert done.status == 0, done.err
        return (tmp_path / name / "metrics" / "index.html").read_text(encoding="utf-8")

    first = built("first")
    assert first.count('class="ib-chart"') == 6
    monkeypatch.setattr(draw, "specification", lambda *_, **__: pytest.fail("drawn again"))
    assert built("second").count('class="ib-chart"') == 6


@pytest.fixture
def example_copy(tmp_path: Path) -> Path:
    """A copy of this repository's knowledge base with its site's configuration."""
    import shutil  # noqa: PLC0415

    target = tmp_path / "copy"
    for folder in ("incidents", "postmortems", "playbooks", "policy"):
        shutil.copytree(kb.ROOT / folder, target / folder)
    return target


def test_a_site_build_asks_nobody_else(built: Callable[[str], Path]) -> None:
    text = (built("restricted") / "metrics" / "index.html").read_text(encoding="utf-8")
    figures = re.findall(r'<figure class="ib-figure">.*?</figure>', text, re.DOTALL)
    assert figures
    assert not [url for figure in figures for url in re.findall(r"https?://[^\"<]*", figure) if "w3.org" not in url]


def test_where_git_knows_the_past_the_burn_down_is_drawn(inc: kb.Inc, tmp_path: Path) -> None:
    book = Repo.new(tmp_path / "book")

    def postmortem(first: str) -> dict[str, object]:
        item = {"title": "T", "owner": "sre", "due": "2025-12-20"}
        items = [
            {"id": "AI-2025-001-1", "status": first, **item},
            {"id": "AI-2025-001-2", "status": "not-started", "disclosure": "restricted", **item},
        ]
        front = {"incidents": ["INC-2025-001"], "status": "published", "title": "T", "action_items": items}
        house = {"name": "T", "time_zone": "UTC", "default_disclosure": "public"}
        return {"postmortems/2025/INC-2025-001.md": front, "policy/knowledge-base.yml": house}

    book.commit(
        "2025-01-12T08:00:00Z", {"incidents/2025/INC-2025-001.yml": kb.incident(1), **postmortem("not-started")}
    )
    book.commit("2025-03-05T08:00:00Z", postmortem("done"))
    for audience, said in (("public", "0 action items open"), ("restricted", "1 action item open")):
        target = tmp_path / audience
        arguments = ("--audience", audience, "--as-of", "2025-03-31", "--output", str(target))
        done = inc("site", "build", *arguments, root=book.base)
        assert done.status == 0, done.err
        text = (target / "metrics" / "index.html").read_text(encoding="utf-8")
        assert f"{said} at the end of 2025-03" in text
        assert "2024-12" not in text.partition("ib-action-items-title")[2].partition("</svg>")[0]


def test_causes_are_drawn_on_the_page_of_the_post_mortem() -> None:
    nodes = [{"id": "a", "text": "<b>One</b> {{ 7*7 }}", "primary": True}, {"id": "b", "text": "Two"}]
    edges = [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}]
    review: kb.Plain = {
        "incidents": ["INC-2025-001"],
        "status": "published",
        "causes": {"nodes": nodes, "edges": edges},
    }
    base = kb.repo(kb.incident(1, disclosure="public"), postmortems=[review])
    (found,) = (
        item for item in pages_of(prepare(base, NOW, Disclosure.PUBLIC)) if "## Contributing factors" in item.content
    )
    picture = re.search(r"<svg .*?</svg>", found.content)
    assert picture is not None
    assert picture[0] in markdown.markdown(found.content, extensions=EXTENSIONS)
    assert "&lt;b&gt;One" in picture[0]
    assert "{{" not in found.content
    assert "<figcaption>From top to bottom: what led to what. A dashed line closes a loop.<br>A loop: " in found.content
    assert found.content.index("## Causes") < found.content.index("## Contributing factors")


def test_a_post_mortem_without_causes_has_no_picture(pages: Callable[[str], dict[str, Page]]) -> None:
    assert "## Causes" not in pages("public")["postmortems/INC-2025-001.md"].content
