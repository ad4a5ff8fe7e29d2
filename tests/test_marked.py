"""The computed parts of a post-mortem: they are replaced, and what people wrote stays, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import marked
from incidentbook.errors import EditError

TEXT = """\
Before.

<!-- computed roles -->
- old
<!-- /computed roles -->

After.
"""
NAMES = ("roles", "timeline", "impact")


def test_a_part_is_made_anew_between_its_comments() -> None:
    assert marked.replaced(TEXT, lambda name: f"- new {name}\n") == TEXT.replace("- old", "- new roles")
    assert marked.replaced(TEXT, lambda _name: "") == TEXT.replace("- old\n", "")
    assert marked.replaced(TEXT, lambda _name: None) == TEXT


def test_what_people_wrote_is_the_rest() -> None:
    assert marked.without(TEXT) == "Before.\n\n\nAfter.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            TEXT.replace("<!-- /computed roles -->\n", ""),
            "line 3: the computed part 'roles' that begins here has no end",
        ),
        (
            TEXT.replace("<!-- computed roles -->\n", ""),
            "line 4: nothing opens the computed part 'roles' that ends here",
        ),
        (TEXT.replace("/computed roles", "/computed impact"), "line 5: nothing opens the computed part 'impact'"),
        (
            TEXT.replace("- old", "<!-- computed impact -->"),
            "line 3: the computed part 'roles' that begins here has no end",
        ),
    ],
)
def test_a_comment_without_its_partner_stops_it(text: str, said: str) -> None:
    with pytest.raises(EditError) as error:
        marked.replaced(text, lambda _name: "new\n")
    assert str(error.value).startswith(said)


def test_a_comment_within_a_line_is_what_somebody_wrote() -> None:
    text = "Write `<!-- computed roles -->` before it.\n"
    assert marked.scan(text) == ([], [])


written = st.text(st.characters(exclude_categories=("Cs",)), max_size=40).filter(lambda text: "computed" not in text)
bodies = st.lists(st.tuples(written, st.sampled_from(NAMES), written), max_size=4)


def laid_out(pieces: list[tuple[str, str, str]], last: str, inner: dict[str, str] | None, end: str) -> str:
    """Return a text of what people wrote with parts between, as they were or as ``inner`` says."""
    shown = [
        f"{before}{end}<!-- computed {name} -->{end}{old + end if inner is None else inner[name]}<!-- /computed {name} -->{end}"
        for before, name, old in pieces
    ]
    return "".join(shown) + last


@given(bodies, written, st.sampled_from(["\n", "\r\n"]), st.fixed_dictionaries(dict.fromkeys(NAMES, written)))
def test_nothing_that_people_wrote_is_touched(
    pieces: list[tuple[str, str, str]], last: str, end: str, made: dict[str, str]
) -> None:
    made = {name: "".join(f"{line}\n" for line in text.split()) for name, text in made.items()}
    done = marked.replaced(laid_out(pieces, last, None, end), made.__getitem__)
    assert done == laid_out(pieces, last, {name: text.replace("\n", end) for name, text in made.items()}, end)
    assert marked.replaced(done, made.__getitem__) == done
    assert marked.without(done) == "".join(f"{before}{end}" for before, _, _ in pieces) + last
