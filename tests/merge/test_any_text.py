"""Whatever stands in three files, a merge ends with a text and says how many conflicts are in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook.merge import driver
from merge.test_examples import BASE

PIECES = st.sampled_from([
    "", "id: 1\n", "- a\n", "  x: y\n", "timeline:\n", "  - {id: E1}\n", "# c\n", "---\n", "...\n",
    "<<<<<<< a\n", "=======\n", ">>>>>>> b\n",
    "a: &x [*x]\n", "\t", "\r\n", "\r", "\ufeff", "? [a]\n: b\n", "key: |\n  text\n", "{", "]", "\x00", "\udcff", "é: ü\n", BASE,
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=6).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogateescape"))
BYTES = st.one_of(TEXTS, st.binary(max_size=40))


@settings(max_examples=300)
@given(base=BYTES, ours=BYTES, theirs=BYTES, markdown=st.booleans())
def test_any_three_files_are_merged_or_left_to_people(
    base: bytes, ours: bytes, theirs: bytes, *, markdown: bool
) -> None:
    outcome = driver.run(base, ours, theirs, markdown=markdown)
    if ours == theirs:
        assert outcome == (ours, 0, (), "")
    if outcome.because:
        assert not outcome.fields
    assert outcome.conflicts >= len(outcome.fields)
