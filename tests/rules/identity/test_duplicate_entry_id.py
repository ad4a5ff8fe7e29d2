"""IB304: within a list, an id is used once."""

from __future__ import annotations

from collections.abc import Callable

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"


def test_second_of_two(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "{id: t2,", "{id: t1,")}) == [
        f"{RECORD}:20:10 IB304 The id `t1` is used twice in `timeline`; the first is on line 19"
    ]


def test_lists_do_not_share_their_ids(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "{id: t2,", "{id: p1,")}) == []


def test_causes_of_a_post_mortem(said: Said, base: Base) -> None:
    path = "postmortems/2025/INC-2025-001.md"
    text = base(path, "action_items:", "    - {id: script, text: Nobody saw it}\naction_items:")
    assert said({path: text}) == [f"{path}:7:12 IB304 The id `script` is used twice in `nodes`; the first is on line 6"]
