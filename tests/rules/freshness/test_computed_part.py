"""IB704: what was computed when a post-mortem was published is what the record says now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
RIGHT = "\n- 2 hours 15 minutes of complete outage\n\n"
LINE = 18


def reviewed(base: Base, part: str, *, name: str = "impact", status: str = "published") -> dict[str, str | None]:
    """Return the post-mortem with one computed part at its end."""
    text = base(PATH, "status: published", f"status: {status}")
    return {PATH: f"{text}\n<!-- computed {name} -->\n{part}<!-- /computed {name} -->\n"}


def test_as_the_record_has_it(said: Said, base: Base) -> None:
    assert said(reviewed(base, RIGHT)) == []


def test_blanks_and_line_ends_make_no_difference(said: Said, base: Base) -> None:
    assert said(reviewed(base, "- 2 hours  15 minutes of complete outage\n")) == []
    files = reviewed(base, RIGHT)
    assert said({PATH: str(files[PATH]).replace("\n", "\r\n")}) == []


@pytest.mark.parametrize(
    ("part", "difference"),
    [
        (
            "\n- 2 hours of complete outage\n\n",
            'it has "2 hours of complete outage" where the record has "2 hours 15 minutes of complete outage"',
        ),
        ("", 'it lacks "2 hours 15 minutes of complete outage"'),
        (f"{RIGHT}- Nobody noticed\n", 'it has "Nobody noticed"'),
    ],
)
def test_another_figure(said: Said, base: Base, part: str, difference: str) -> None:
    assert said(reviewed(base, part)) == [
        f"{PATH}:{LINE}:1 IB704 The computed part impact does not say what the record says: {difference}"
    ]


def test_a_correction_of_the_record_is_noticed(said: Said, base: Base) -> None:
    record = base(RECORD, "to: 2025-01-15T04:45:00Z}\ntimeline", "to: 2025-01-15T04:30:00Z}\ntimeline")
    (found,) = said({RECORD: record, **reviewed(base, RIGHT)})
    assert 'where the record has "2 hours of complete outage"' in found


def test_what_goes_on_is_told_up_to_now(said: Said, base: Base) -> None:
    """Published while responders are still at it: what the impact has come to follows from the clock as well."""
    record = base(RECORD).replace("status: resolved", "status: monitoring")
    record = record.replace("  resolved: 2025-01-15T04:45:00Z\n", "").replace(
        "to: 2025-01-15T04:45:00Z}\ntimeline", "}\ntimeline"
    )
    record = record.replace("02:30:00Z, }", "02:30:00Z}")
    files = {RECORD: record, **reviewed(base, "\n- 3 hours of complete outage\n\n")}
    assert not any("IB704" in found for found in said(files, "2025-01-15 05:30"))
    (found,) = [found for found in said(files, "2025-01-15 06:30") if "IB704" in found]
    assert 'where the record has "4 hours of complete outage"' in found


def test_what_is_over_is_told_without_a_clock(said: Said, base: Base) -> None:
    assert not any("IB704" in found for found in said(reviewed(base, RIGHT), "2025-01-15 04:00"))


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_a_draft_is_left_alone(said: Said, base: Base, status: str) -> None:
    assert not any("IB704" in found for found in said(reviewed(base, "", status=status)))


def test_other_records_have_a_say_in_what_is_similar(said: Said, base: Base) -> None:
    assert said(reviewed(base, "- Something\n", name="similar")) == []


def test_a_part_that_there_is_none_of(said: Said, base: Base) -> None:
    assert said(reviewed(base, "", name="weather")) == [f"{PATH}:{LINE}:1 IB704 There is no computed part weather"]


def test_a_comment_without_a_partner(said: Said, base: Base) -> None:
    (found,) = said({PATH: f"{base(PATH)}\n<!-- computed impact -->\n"})
    assert found == f"{PATH}:{LINE}:1 IB704 The computed part 'impact' that begins here has no end"


def test_lines_in_another_order(said: Said, base: Base) -> None:
    times = base(PATH) + "\n<!-- computed timeline -->\n| --- | --- |\n| Time (Europe/Lisbon) | What |\n"
    rows = "| 02:30:00 | Every request ends in an error |\n| 04:45:00 | Requests succeed again |\n"
    (found,) = said({PATH: f"{times}{rows}<!-- /computed timeline -->\n"})
    assert found.endswith("does not say what the record says: its lines stand in another order")


def test_every_part_is_looked_at(said: Said, base: Base) -> None:
    similar = "\n<!-- computed similar -->\n<!-- /computed similar -->\n"
    files = reviewed(base, "")
    text = str(files[PATH]).replace("\n<!-- computed impact", f"{similar}<!-- computed impact")
    (found,) = said({PATH: text})
    assert 'lacks "2 hours 15 minutes' in found


def test_what_cannot_be_read_is_left_alone(said: Said) -> None:
    text = "---\n- a list\n---\n<!-- computed impact -->\n<!-- /computed impact -->\n"
    assert not any("IB704" in found for found in said({PATH: text}))
