"""IB104: a word outside its vocabulary, with the one that was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("severity: sev1", "severity: SEV-1", "4:11", "`severity` cannot be `SEV-1`; did you mean `sev1`?"),
        ("status: resolved", "status: resloved", "3:9", "`status` cannot be `resloved`; did you mean `resolved`?"),
        ("type: availability", "type: banana", "5:7", "`type` cannot be `banana`"),
        ("level: outage", "level: Outage", "17:23", "`level` cannot be `Outage`; did you mean `outage`?"),
    ],
)
def test_word_outside_its_vocabulary(
    said: Callable[..., list[str]], base: Callable[..., str], old: str, new: str, place: str, message: str
) -> None:
    assert said({RECORD: base(RECORD, old, new)}) == [f"{RECORD}:{place} IB104 {message}"]
