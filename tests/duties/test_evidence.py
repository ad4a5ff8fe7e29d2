"""Evidence as it is written: what it names."""

from __future__ import annotations

import pytest

from incidentbook.duties.evidence import Commit, commit, is_pull_request, same_repository


@pytest.mark.parametrize(
    ("ref", "named"),
    [
        ("4f1c2ab", Commit("", "4f1c2ab")),
        ("https://git.example/a/app/commit/4f1c2ab", Commit("https://git.example/a/app", "4f1c2ab")),
        ("https://git.example/a/app/-/commit/4f1c2ab#L3", Commit("https://git.example/a/app", "4f1c2ab")),
        ("https://bucket.example/a/app/commits/4f1c2ab", Commit("https://bucket.example/a/app", "4f1c2ab")),
        ("../app@4f1c2ab", Commit("../app", "4f1c2ab")),
        ("git@git.example:a/app.git@4f1c2ab", Commit("git@git.example:a/app.git", "4f1c2ab")),
        ("4f1c", None), ("main", None), ("https://git.example/a/app/commit/main", None), ("the one of Monday", None),
    ],
)  # fmt: skip
def test_a_commit(ref: str, named: Commit | None) -> None:
    assert commit(ref) == named


@pytest.mark.parametrize(
    "ref",
    [
        "https://git.example/a/app/pull/88", "https://git.example/a/b/app/-/merge_requests/88/diffs", "a/app#88", "#88",
        "https://bucket.example/a/app/pull-requests/88?w=1", "a/b/app!88",
    ],
)  # fmt: skip
def test_a_pull_request(ref: str) -> None:
    assert is_pull_request(ref)


@pytest.mark.parametrize(
    "ref", ["", "88", "https://git.example/a/app/pull/", "https://git.example/pull/8", "of Monday", "a b#8"]
)
def test_no_pull_request(ref: str) -> None:
    assert not is_pull_request(ref)


@pytest.mark.parametrize(
    "other",
    [
        "git@git.example:A/app.git", "ssh://git@git.example:2222/a/app", "https://token@git.example/a/app.git/",
        "git://GIT.example/a/app",
    ],
)  # fmt: skip
def test_one_repository_has_many_addresses(other: str) -> None:
    assert same_repository("https://git.example/a/app", other)
    assert not same_repository("https://git.example/a/other", other)
    assert not same_repository("https://other.example/a/app", other)
    assert not same_repository("", other)
