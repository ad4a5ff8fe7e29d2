"""A knowledge base for tests of rules: tests/kb_minimal, changed by a few files, with all rules on."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import on_file
from incidentbook import repository
from incidentbook.files import listing
from incidentbook.finding import Finding
from incidentbook.records.policy.checks import ChecksPolicy
from incidentbook.rules import Rule, discover, engine, settle
from incidentbook.rules.context import Context
from kb import ROOT, at

MINIMAL = ROOT / "tests" / "kb_minimal"
Check = Callable[..., list[Finding]]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Take findings that no test sees any more off file, once all tests of the rules have run with `--update-goldens`."""
    config = session.config
    narrowed = any("::" in argument for argument in config.args) or config.option.keyword or config.option.markexpr
    run = {item.path for item in session.items}
    whole = not narrowed and run.issuperset(Path(__file__).parent.rglob("test_*.py"))
    if config.getoption("--update-goldens") and whole and exitstatus == 0:
        on_file.write_anew()


@pytest.fixture
def check(tmp_path: Path, request: pytest.FixtureRequest) -> Check:
    """Run every rule over tests/kb_minimal with ``files`` (path to text; None takes a file away) and return the findings.

    All of them have to be on file (see on_file.py).
    """

    def run(
        files: Mapping[str, str | None], now: str = "2025-03-01 00:00", rules: Sequence[Rule] | None = None
    ) -> list[Finding]:
        root = tmp_path / "kb"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(MINIMAL, root)
        for name, text in files.items():
            path = root / name
            path.unlink(missing_ok=True)
            if text is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(textwrap.dedent(text), encoding="utf-8", newline="")
        repo = repository.load(root)
        outcome = engine.run(Context(repo, at(now), listing(root)[1]), discover() if rules is None else rules)
        assert not outcome.failures
        texts = {entry.path: entry.document.text for entry in repo.entries}
        findings = list(settle.settle(outcome.findings, texts, repo.policy(ChecksPolicy)).findings)
        on_file.compare(findings, update=request.config.getoption("--update-goldens"))
        return findings

    return run


@pytest.fixture
def said(check: Check) -> Callable[..., list[str]]:
    """Do the same and return ``path:line:column CODE message`` for each finding."""

    def run(files: Mapping[str, str | None], now: str = "2025-03-01 00:00") -> list[str]:
        return [
            f"{found.path}:{found.span.line}:{found.span.column} {found.code} {found.message}"
            for found in check(files, now)
        ]

    return run


@pytest.fixture
def base() -> Callable[..., str]:
    """Return the text of a file of tests/kb_minimal with one passage replaced by another."""

    def text(name: str, old: str = "", new: str = "") -> str:
        before = (MINIMAL / name).read_text(encoding="utf-8")
        assert not old or before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {name}"
        return before.replace(old, new) if old else before

    return text
