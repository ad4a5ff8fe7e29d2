"""Path patterns of policy: those of .gitignore, from the root."""

from __future__ import annotations

import pytest

from incidentbook.rules.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("incidents/2019/**", "incidents/2019/INC-2019-001.yml", True),
        ("incidents/2019/**", "incidents/2020/INC-2020-001.yml", False),
        ("incidents/2019", "incidents/2019/INC-2019-001.yml", True),
        ("incidents/2019/", "incidents/2019/deep/INC-2019-001.yml", True),
        ("incidents/*/INC-2019-*.yml", "incidents/2019/INC-2019-001.yml", True),
        ("playbooks/*/old.md", "playbooks/a/b/old.md", False),
        ("playbooks/**/old.md", "playbooks/a/b/old.md", True),
        ("playbooks/**/old.md", "playbooks/old.md", True),
        ("INC-2019-001.yml", "incidents/2019/INC-2019-001.yml", True),
        ("2019/*.yml", "incidents/2019/INC-2019-001.yml", False),
        ("incidents/2019/INC-2019-00?.yml", "incidents/2019/INC-2019-001.yml", True),
        ("incidents/20[12]9/**", "incidents/2019/INC-2019-001.yml", True),
        ("incident", "incidents/2019/INC-2019-001.yml", False),
        ("incidents/2019\\", "incidents/2019/INC-2019-001.yml", False),
    ],
)
def test_what_a_pattern_means(pattern: str, path: str, *, expected: bool) -> None:
    assert matcher((pattern,))(path) is expected
    assert matcher(("nothing", pattern))(path) is expected


def test_no_pattern_means_nothing() -> None:
    assert not matcher(())("incidents/2019/INC-2019-001.yml")
