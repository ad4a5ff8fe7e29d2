"""The post-mortem to read first is found without reading every body, and is the one that reading all of them would give."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import kb
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import lessons, prepare
from incidentbook.site.context import Site

NOW = kb.at("2025-01-15 06:00")
PIECES = st.sampled_from(
    [
        "## Lessons learned",
        "# lessons LEARNED",
        "## Next",
        "- one",
        "* two\n  more",
        "1. three",
        "    - inner",
        "> - quoted",
        "Text.",
    ]
)
HELD = st.lists(
    st.tuples(st.lists(PIECES, max_size=6), st.integers(0, 3), st.sampled_from(["2025-01-01", "2024-06-01", "2023-01-01"])),
    min_size=1, max_size=6,
)  # fmt: skip


def site(held: list[tuple[list[str], int, str]]) -> Site:
    postmortems = [
        {
            "incidents": [f"INC-2025-{number:03}"], "status": "published", "held": day, "body": "\n\n".join(body),
            "causes": {"nodes": [{"id": f"c{each}", "factor": "drift"} for each in range(causes)]},
        }
        for number, (body, causes, day) in enumerate(held, 1)
    ]  # fmt: skip
    repo = kb.repo(*map(kb.incident, range(1, len(held) + 1)), postmortems=postmortems)
    return prepare(repo, NOW, Disclosure.RESTRICTED)


@settings(max_examples=150)
@given(HELD)
def test_it_is_the_one_that_teaches_most(held: list[tuple[list[str], int, str]]) -> None:
    made = site(held)
    teaching = [pair for pair in lessons.newest(made) if lessons.learned(pair[1]) and str(pair[1].held) > "2024-01-15"]
    most = max((len(lessons.learned(item)) + len(item.causes.nodes) for _, item in teaching), default=None)
    found = lessons.best(made)
    if found is None:
        assert most is None
    else:
        alike = (pair for pair in teaching if len(lessons.learned(pair[1])) + len(pair[1].causes.nodes) == most)
        assert found == next(alike), "the newest of those that teach most"
