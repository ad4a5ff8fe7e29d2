"""Fixtures that every test may use: goldens, the command line, and a copy of this repository's own knowledge base."""

from __future__ import annotations

import contextlib
import io
import shutil
import signal
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings

from incidentbook import __main__
from kb import ROOT, Inc, Result

settings.register_profile("house", deadline=None, derandomize=True)  # the same cases on every machine
settings.load_profile("house")
GOLDENS = ROOT / "tests" / "goldens"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that writes expected outputs anew."""
    parser.addoption("--update-goldens", action="store_true", help="write the files in tests/goldens anew")


def pytest_configure() -> None:
    """Let what tests start be interrupted: what a shell starts in the background ignores that, and so would they."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count no coverage in property tests: they go through the same lines hundreds of times, each two to five times as slowly."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Take the tracer away from tests marked `no_cover`: pytest-cov's own pause leaves xdist's workers with another one."""
    tracer = sys.gettrace() if item.get_closest_marker("no_cover") else None
    if tracer is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/goldens; `--update-goldens` writes it anew.

    Blanks at the ends of lines do not count: tables fill their columns with them, and editors take them away.
    """

    def compare(name: str, text: str) -> None:
        path, text = GOLDENS / name, "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"tests/goldens/{name} is missing: pytest --update-goldens writes it"
        assert text == path.read_text(encoding="utf-8"), f"tests/goldens/{name}: if it should change, --update-goldens"

    return compare


@pytest.fixture(scope="session")
def inc() -> Inc:
    """Run `inc ARGUMENTS` in this process, on this repository's knowledge base or on the one in ``root``."""

    def call(*arguments: str, root: Path = ROOT) -> Result:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = __main__.run(["-C", str(root), *arguments])
        return Result(status, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of this repository's knowledge base, outside Git, that a test may change."""
    for folder in ("incidents", "postmortems", "playbooks", "policy"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, tmp_path / "example" / folder)
    return tmp_path / "example"
