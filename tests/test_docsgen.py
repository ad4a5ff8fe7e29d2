"""Reference pages from the code: written, compared with the command that mends, and nothing of anybody else's touched."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidentbook import docsgen, importers, metrics, recommendations, rules
from incidentbook.errors import CLEAN, FINDINGS, USAGE
from incidentbook.rules import discover

PAGES = docsgen.pages()
LINK = re.compile(r"\]\(([^)#]+\.md)(?:#([^)]+))?\)")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a folder with every page as it should be."""
    folder = tmp_path / "docs"
    folder.mkdir()
    docsgen.write(folder, PAGES)
    return folder


@pytest.mark.parametrize("rule", discover(), ids=lambda rule: rule.code)
def test_every_rule_has_a_page_and_stands_in_the_index(rule: rules.Rule) -> None:
    page = PAGES[f"rules/{rule.code}-{rule.name}.md"]
    assert page.startswith(f"# {rule.code} {rule.name}\n\n{docsgen.MARK}")
    assert page.count("\n## ") >= 6
    assert f"[{rule.code} {rule.name}]({rule.code}-{rule.name}.md): {rule.summary}" in PAGES["rules/README.md"]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_pages_and_headings(name: str) -> None:
    for target, anchor in LINK.findall(PAGES[name]):
        page = PAGES[f"{name.split('/', maxsplit=1)[0]}/{target}"]
        headings = [line[3:].lower().replace(" ", "-") for line in page.splitlines() if line.startswith("## ")]
        assert not anchor or anchor in headings


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_tidy(name: str) -> None:
    text = PAGES[name]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "``" not in text.replace("```", ""), "double backticks are for docstrings"
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_metrics_stand_in_the_order_in_which_they_print_and_importers_by_name() -> None:
    titles = re.findall(r"^## (.+)$", PAGES["reference/metrics.md"], re.MULTILINE)
    assert titles[0] == "Counts"
    assert len(titles) == len(list(Path(metrics.__path__[0]).glob("[!_]*.py")))
    titles = re.findall(r"^## (.+)$", PAGES["reference/importers.md"], re.MULTILINE)
    assert [title.lower().replace(" ", "-") for title in titles] == sorted(importers.names())


def test_recommendations_stand_by_their_kind_as_they_print() -> None:
    titles = re.findall(r"^## (.+)$", PAGES["reference/recommendations.md"], re.MULTILINE)
    known = recommendations.registry()
    kinds = [known[title.lower().replace(" ", "-")].KIND for title in titles]
    assert sorted(title.lower().replace(" ", "-") for title in titles) == list(known)
    assert kinds == sorted(kinds, key=list(recommendations.Kind).index)


def test_what_is_right_is_not_touched(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}
    assert docsgen.main(["--docs", str(docs)]) == CLEAN
    assert docsgen.main(["--check", "--docs", str(docs)]) == CLEAN
    assert capsys.readouterr().out == ""
    assert {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")} == before


def test_check_names_what_is_wrong_and_the_command_that_mends(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing, changed, old = docs / "rules/IB001-syntax.md", docs / "rules/README.md", docs / "rules/IB000-gone.md"
    missing.unlink()
    changed.write_text(f"{changed.read_text(encoding='utf-8')}More.\n", encoding="utf-8")
    old.write_text(f"# IB000 gone\n\n{docsgen.MARK}", encoding="utf-8")
    assert docsgen.main(["--check", "--docs", str(docs)]) == FINDINGS
    assert capsys.readouterr().out.splitlines() == [
        f"{changed} is not what the code says",
        f"{missing} is missing",
        f"{old} describes nothing that is still there",
        "Mend with: make docs",
    ]
    assert docsgen.main(["--docs", str(docs)]) == CLEAN
    assert capsys.readouterr().out.splitlines() == [f"wrote {changed}", f"wrote {missing}", f"removed {old}"]
    assert docsgen.compare(docs, PAGES) == []


def test_a_page_that_somebody_wrote_stays(docs: Path) -> None:
    own = docs / "rules" / "how-we-choose.md"
    own.write_text("# How we choose rules\n", encoding="utf-8")
    assert docsgen.compare(docs, PAGES) == []
    docsgen.write(docs, PAGES)
    assert own.exists()


def test_it_wants_the_root_of_the_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docsgen.main(["--docs", str(tmp_path / "docs")]) == USAGE
    assert "run it at the root of the repository" in capsys.readouterr().err


def test_rules_of_others_are_documented_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(entry: object, context: object) -> Iterator[rules.Hit]:
        del entry, context
        yield from ()

    theirs = types.ModuleType("theirs", "Theirs.\n\n" + "\n".join(rules.HEADINGS))
    theirs.__dict__.update({"CODE": "XY001", "NAME": "theirs", "SUMMARY": "x", "GRADE": "error", "check": check})
    monkeypatch.setattr(rules, "_foreign", lambda: iter([("theirs", theirs)]))
    discover.cache_clear()
    try:
        assert docsgen.pages() == PAGES
    finally:
        discover.cache_clear()
