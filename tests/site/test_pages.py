"""What each kind of page says of the small knowledge base."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

import pytest

import kb
from incidentbook.entry import Entry
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare, registry
from incidentbook.site.page import Page

Pages = Callable[[str], dict[str, Page]]


def test_every_kind_of_page_has_a_place_in_the_order() -> None:
    orders = [module.ORDER for module in registry()]
    assert orders == sorted(set(orders))
    assert {module.__name__.rpartition(".")[2] for module in registry()} >= {"home", "incident", "metrics", "playbook"}


def test_the_public_view_has_its_pages_and_no_other(pages: Pages) -> None:
    assert sorted(pages("public")) == [
        "actions.md",
        "calendar.md",
        "explore.md",
        "incidents/INC-2024-001.md",
        "incidents/INC-2024-002.md",
        "incidents/INC-2025-001.md",
        "incidents/INC-2025-003.md",
        "incidents/index.md",
        "index.md",
        "metrics.md",
        "playbooks/availability/failover.md",
        "playbooks/index.md",
        "postmortems/INC-2025-001.md",
        "postmortems/index.md",
        "response.md",
        "services/api.md",
        "teams/sre.md",
    ]
    more = set(pages("restricted")) - set(pages("public"))
    assert more == {"incidents/INC-2025-002.md", "playbooks/security/leak.md", "postmortems/INC-2025-002.md"}


def test_home_says_what_is_open_late_and_learned(pages: Pages) -> None:
    home = pages("public")["index.md"].content
    assert '<p class="ib-tile__value" markdown="span">5</p>' in home  # days since 2025-01-10
    assert '[Open now](incidents/index.md)</p>\n<p class="ib-tile__value" markdown="span">1</p>' in home
    assert '[Overdue action items](actions.md)</p>\n<p class="ib-tile__value" markdown="span">1</p>' in home
    assert "[Fail over](playbooks/availability/failover.md)" in home
    assert "Watch the <code>queue</code>" in home
    assert "A second lesson" not in home


def test_an_unresolved_import_is_never_open_since(pages: Pages) -> None:
    shown = pages("public")
    assert "unresolved when last seen, <time>2024-06-02</time>" in shown["incidents/INC-2024-001.md"].content
    assert "unresolved when last seen, 2024-06-02" in shown["incidents/index.md"].content
    assert "1 open at" in shown["incidents/index.md"].content
    for page in shown.values():
        assert not any(
            "INC-2024-001" in line and "open for" in line
            for line in page.content.replace("</tr>", "</tr>\n").splitlines()
        )


def test_the_index_shows_the_newest_first_and_marks_drills(pages: Pages) -> None:
    index = pages("public")["incidents/index.md"].content
    order = [index.index(name) for name in ("INC-2025-003<", "INC-2025-001<", "INC-2024-001<", "INC-2024-002<")]
    assert order == sorted(order)
    row = next(line for line in index.splitlines() if "INC-2024-002" in line)
    assert "<i>Drill</i>" in row
    assert "not measured" in row


def test_the_incident_page_has_card_times_and_the_report(pages: Pages) -> None:
    page = pages("public")["incidents/INC-2025-001.md"]
    for said in (
        '# <span class="ib-eyebrow">INC-2025-001</span> Payments fail',
        "fail &#60;script&#62;alert(1)&#60;/script&#62; &#123;&#123; 7&#42;7 &#125;&#125;",
        "<dt>Started</dt><dd>2025-01-10 00:00:00 UTC</dd>",
        "<dt>Time to resolve</dt><dd>1 h<small>started to resolved</small></dd>",
        '<strong><a href="../../postmortems/INC-2025-001/">What we learned</a></strong>',
        '## Timeline\n\n\x02<figure class="ib-drawn" tabindex="0"><svg class="ib-tl"',
        "<li class=f><time>00:05</time>one<br> two</li>",
        '<a href="../../playbooks/availability/failover/">Fail over</a>',
        '<li><a href="../INC-2025-003/">INC-2025-003 Still burning</a></li>',
    ):
        assert said in page.content
    assert page.source == "incidents/2025/INC-2025-001.yml"
    assert page.parent == "incidents/index.md"
    assert (
        'see INC-2025-002 and <a href="../INC-2025-003/">INC-2025-003</a>' in page.content
    )  # a hidden record's id in public prose leads nowhere


def test_titles_cannot_leave_the_head_of_a_page(pages: Pages) -> None:
    page = pages("public")["incidents/INC-2025-001.md"]
    head = page.text.split("---")[1]
    assert "<script>" not in head
    assert 'title: "INC-2025-001 Payments fail &lt;script&gt;' in head


def test_the_action_board_sorts_by_what_is_late(pages: Pages) -> None:
    board = pages("public")["actions.md"].content
    late = ["## Overdue", "Late one", "2 days late", "## Late, with a waiver", "Waived one", "waived until 2025-02-01"]
    order = [*late, "## Due next", "Next one", "(today)", "## Finished", "Done one"]
    places = [board.index(item) for item in order]
    assert places == sorted(places)
    assert '<span id="ai-2025-001-1"></span>' in board
    assert "| [SRE](teams/sre.md) | 2 | 3 | 1 |" in board


def test_a_playbook_is_a_checklist(pages: Pages) -> None:
    page = pages("public")["playbooks/availability/failover.md"]
    assert page.content.count('<input type="checkbox">') == 2
    assert "kubectl get pods &#124; grep '&#60;none&#62;'" in page.content
    assert "Incident commander" in page.content
    assert "review due since 2024-06-29" in page.content
    assert '<a href="../../../incidents/INC-2025-001/">INC-2025-001</a>' in page.content
    assert page.content.count('data-ib-playbook="availability/failover"') == 1
    assert '<li class="ib-step" id="step-look">' in page.content
    assert page.boost > 1


def test_a_postmortem_leads_to_its_neighbours_and_counts_what_is_done(pages: Pages) -> None:
    first = pages("restricted")["postmortems/INC-2025-001.md"].content
    assert '<p class="ib-note">1 of 4 done</p>' in first
    assert '<a href="../../incidents/INC-2025-001/">INC-2025-001 Payments fail' in first
    assert (
        '<small>Later</small><a href="../INC-2025-002/">T</a>' in first
        or '<small>Earlier</small><a href="../INC-2025-002/">T</a>' in first
    )
    assert "ib-neighbours" not in pages("public")["postmortems/INC-2025-001.md"].content  # there is no other
    assert "<td>Late one</td>" in first


def test_a_page_without_git_says_why_where_the_knowledge_base_stands_still(pages: Pages) -> None:
    page = pages("public")["incidents/INC-2025-001.md"].content
    assert "Git's history is not told: the clock stands still at 2025-01-15." in page
    assert "## History" not in page


def test_links_fit_a_site_whose_pages_are_files() -> None:
    base = kb.repo(kb.incident(1) | {"links": {"related": ["INC-2025-002"]}}, kb.incident(2))
    found = {
        page.path: page for page in pages_of(prepare(base, kb.at("2025-01-15"), Disclosure.RESTRICTED, folders=False))
    }
    assert '<a href="INC-2025-002.html">INC-2025-002 Incident 2</a>' in found["incidents/INC-2025-001.md"].content


def test_an_incident_leads_to_earlier_ones_of_the_same_factors_or_services() -> None:
    causes = {"nodes": [{"id": "n1", "factor": "monitoring-gap", "text": "x"}]}
    base = kb.repo(
        *(
            kb.incident(number, f"2025-01-0{number}T00:00:00Z", services=["api" if number < 4 else "auth"])
            for number in range(1, 6)
        ),
        kb.incident(6, "2025-01-06T00:00:00Z", services=["queue"]),
        postmortems=[
            {"incidents": [f"INC-2025-00{number}"], "status": "published", "causes": causes} for number in (2, 6)
        ],
    )
    found = {page.path: page.content for page in pages_of(prepare(base, kb.at("2025-01-15"), Disclosure.RESTRICTED))}

    def like(number: int) -> list[str]:
        part = found[f"incidents/INC-2025-00{number}.md"].partition("Earlier ones like it")[2].partition("## ")[0]
        return re.findall(r"(?<=>)INC-2025-00\d", part)

    assert like(1) == []
    assert like(3) == ["INC-2025-002", "INC-2025-001"]  # of the same service, the latest first
    assert like(4) == []
    assert like(6) == ["INC-2025-002"]  # of the same factor


def test_what_an_import_brings_in_numbers_stays_short() -> None:
    """Real status pages have incidents of 65 services, and whole messages as titles."""
    services = [f"pod-{number}" for number in range(65)]
    long = "We are experiencing an issue with Cloud Logging. " * 9
    base = kb.repo(*(kb.incident(day, f"2025-01-0{day}T00:00:00Z", title=long, services=services) for day in (1, 2)))
    found = {page.path: page for page in pages_of(prepare(base, kb.at("2025-01-15"), Disclosure.RESTRICTED))}
    content = found["incidents/INC-2025-002.md"].content
    assert "<small>pod-0, pod-1, pod-2 and 62 more</small>" in content
    assert f'<span class="ib-long">{long.strip()}</span>' in content


def test_articles_of_the_benchmark_stay_small() -> None:
    spec = importlib.util.spec_from_file_location("generate", kb.ROOT / "benchmarks" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    base = kb.repo()
    for number in range(1, 41):
        base.add(Entry.of_text(f"incidents/2024/{number}.yml", generate.record(number)))
    pages = [
        page
        for page in pages_of(prepare(base, kb.at("2025-01-15"), Disclosure.RESTRICTED))
        if page.path.startswith("incidents/INC")
    ]
    sizes = [len(page.content.encode()) for page in pages]
    assert len(sizes) == 40
    assert sum(sizes) / len(sizes) < 9_300  # the headings' anchors of about 0.7 KB come on top of it


def test_metrics_state_definition_and_n(pages: Pages) -> None:
    shown = pages("public")["metrics.md"].content
    assert "## Month by month" in shown
    assert "started to resolved, over the incidents that started in the window" in shown
    assert "| [API](services/api.md) |" in shown
    assert "values as a table</summary>" in shown


@pytest.mark.parametrize("audience", list(Disclosure))
def test_an_empty_knowledge_base_has_all_its_index_pages(audience: Disclosure) -> None:
    found = {page.path: page for page in pages_of(prepare(kb.repo(), kb.at("2025-01-15"), audience))}
    assert sorted(found) == [
        "actions.md",
        "calendar.md",
        "explore.md",
        "incidents/index.md",
        "index.md",
        "metrics.md",
        "playbooks/index.md",
        "postmortems/index.md",
        "response.md",
    ]
    assert "First steps" in found["index.md"].content
    assert "none on record" in found["index.md"].content
    assert "No action item is on record" in found["actions.md"].content


def test_a_record_of_almost_nothing_has_a_page() -> None:
    found = [
        page.path
        for page in pages_of(
            prepare(kb.repo({"id": "INC-2025-001"}, {"title": "no id"}), kb.at("2025-01-15"), Disclosure.INTERNAL)
        )
    ]
    assert "incidents/INC-2025-001.md" in found
    assert len([path for path in found if path.startswith("incidents/")]) == 3
