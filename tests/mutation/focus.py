"""A plug-in of pytest for mutation runs: which tests are worth running against a mutant.

Every test of a rule runs all rules, so by what is called every test would matter for every mutant. Here a rule is judged by the
tests of its family that are not written for another rule, and a helper by those of the families that it helps: what these miss
is a gap to close there.
"""

from __future__ import annotations

from pathlib import PurePath

import pytest
from mutmut.state import state

from incidentbook.rules import discover

RULES = {rule.code: f"{rule.family}.{rule.name.replace('-', '_')}" for rule in discover()}
HELPERS = {  # a module directly below incidentbook.rules: the folders and files below tests/rules that are about it
    "": ("test_engine.py",),
    "calendar_words": ("time",),
    "comments": ("test_suppressions.py",),
    "context": ("test_engine.py", "follow_through", "freshness", "identity", "reference"),
    "documentation": ("test_documentation.py",),
    "engine": ("test_engine.py",),
    "links": ("follow_through", "freshness", "safety"),
    "mistakes": ("schema",),
    "passages": ("freshness", "language", "safety"),
    "suppressions": ("suppression",),
    "walk": ("identity", "reference", "time"),
    "words": ("files", "reference", "schema"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Forget the functions that a test called without being about them, before mutmut notes them."""
    called: set[str] = state()._stats
    called -= {name for name in tuple(called) if not about(item, name.split(".")[2:-1])}


def about(item: pytest.Item, module: list[str]) -> bool:
    """Whether a test is about a module below incidentbook.rules, given as the parts of its name."""
    folder, *rest = PurePath(item.nodeid.split("::")[0]).relative_to("tests/rules").parts
    file = rest[-1] if rest else folder
    if len(module) < 2:
        helper = "".join(module)
        return bool({folder, file} & {f"test_{helper}.py", *HELPERS.get(helper, ())})
    family, name = module
    if not rest:  # test_examples.py and test_shapes.py: one case a rule
        ruled = RULES.get(getattr(item, "callspec", None) and item.callspec.params.get("code", ""), "")
        return ruled == f"{family}.{name}" or (name.startswith("_") and ruled.startswith(f"{family}."))
    ruled = file.removeprefix("test_").removesuffix(".py")
    return folder == family and (ruled == name or name.startswith("_") or f"{family}.{ruled}" not in RULES.values())
