"""Which entry of a list is meant: by number, id, the end of an id, or words; never a guess."""

from __future__ import annotations

import pytest

from incidentbook.errors import IncidentbookError, NotFoundError
from incidentbook.response.picking import pick

ENTRIES = [
    ("01JHK3AAAA", "The primary is down"),
    ("h2", "The network is parted"),
    ("01JHK3BBBB", "3 disks are full"),
    ("", "The"),
]


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("1", 0),
        ("3", 2),
        ("h2", 1),
        ("01jhk3aaaa", 0),
        ("bbbb", 2),
        ("PARTED", 1),
        ("the", 3),  # the whole text of one counts before a part of others
        ("disks are", 2),
    ],
)
def test_one_is_meant(said: str, index: int) -> None:
    assert pick(ENTRIES, said, "hypothesis", "") == index


@pytest.mark.parametrize("said", ["0", "5", "²", "", " ", "aaa", "disk is"])
def test_none_is_meant(said: str) -> None:
    with pytest.raises(NotFoundError, match="There is no hypothesis"):
        pick(ENTRIES, said, "hypothesis", "")


def test_several_could_be_meant() -> None:
    with pytest.raises(IncidentbookError, match="fits more than one hypothesis: 1 The primary is down; 2 The network"):
        pick(ENTRIES, " is ", "hypothesis", "")
