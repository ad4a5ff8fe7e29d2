"""IB003: a policy file under a name that means nothing."""

from __future__ import annotations

from collections.abc import Callable


def test_misspelt_policy(said: Callable[..., list[str]]) -> None:
    assert said({"policy/severites.yml": "effective_from: 2025-01-01\n"}) == [
        "policy/severites.yml:1:1 IB003 There is no policy called `severites`; did you mean `severities`?"
    ]


def test_policy_in_a_subfolder(said: Callable[..., list[str]]) -> None:
    (found,) = said({"policy/old/services.yml": "effective_from: 2025-01-01\nservices: {}\n"})
    assert found.startswith("policy/old/services.yml:1:1 IB003 There is no policy called `old/services`")
