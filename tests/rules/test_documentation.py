"""A docstring taken apart: sections, files of an example, lines that fit, and what a page says of fixes."""

from __future__ import annotations

from dataclasses import replace

from incidentbook.finding import Grade
from incidentbook.rules import Rule, documentation
from incidentbook.rules.documentation import Example

RULE = Rule(
    code="XY001",
    name="late-note",
    family="theirs",
    summary="A note is late",
    grade=Grade.INFO,
    documentation="""A note that came late.

What it checks
    Two things:

    - the first one, which is told at such length that the terminal needs more than one line for it
    - the second

Why it matters
    Because.

Bad example
    # incidents/2025/INC-2025-001.yml
    id: INC-2025-001
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    ---
    A paragraph of the post-mortem that is longer than a terminal is wide, so that it goes on below.

    ```console
    $ date
    ```

Good example
    nothing: {a: a text that goes on for quite a while, b: [first of several, second of several, third of several]}
""",
)


def test_sections_stand_in_their_order_and_end_with_fix_and_ignore() -> None:
    said = documentation.read(RULE)
    assert said.title == "A note that came late."
    assert [heading for heading, _ in said.sections] == [
        "What it checks", "Why it matters", "Bad example", "Good example", "Fix", "How to ignore it",
    ]  # fmt: skip
    assert said["Why it matters"] == "Because."


def test_an_example_names_its_files() -> None:
    said = documentation.read(RULE)
    assert documentation.examples(said["Bad example"]) == [
        Example("incidents/2025/INC-2025-001.yml", "id: INC-2025-001\n"),
        Example(
            "postmortems/2025/INC-2025-001.md",
            "---\nincidents: [INC-2025-001]\n---\nA paragraph of the post-mortem that is longer than a terminal is wide, so that "
            "it goes on below.\n\n```console\n$ date\n```\n",
            whole=True,
        ),
    ]
    assert [file.path for file in documentation.examples(said["Good example"])] == [""]
    assert documentation.examples("") == []


def test_markdown_fences_what_has_fences() -> None:
    text = documentation.to_markdown(RULE)
    assert "`postmortems/2025/INC-2025-001.md`, the whole file:\n\n````markdown\n---\n" in text
    assert "`incidents/2025/INC-2025-001.yml`:\n\n```yaml\nid: INC-2025-001\n```\n" in text
    assert "## Good example\n\n```yaml\nnothing:" in text


def test_text_wraps_paragraphs_items_and_flow_collections() -> None:
    assert (
        documentation.to_text(RULE)
        == """\
XY001 late-note
  A note that came late. For information: it fails nothing.

What it checks
  Two things:

  - the first one, which is told at such length that the terminal needs more
    than one line for it
  - the second

Why it matters
  Because.

Bad example
  # incidents/2025/INC-2025-001.yml
  id: INC-2025-001
  # postmortems/2025/INC-2025-001.md (whole)
  ---
  incidents: [INC-2025-001]
  ---
  A paragraph of the post-mortem that is longer than a terminal is wide, so that
  it goes on below.

  ```console
  $ date
  ```

Good example
  nothing: {a: a text that goes on for quite a while, b: [first of several,
      second of several, third of several]}

Fix
  None: only somebody who knows can say what is right. The message says what to
  do next.

How to ignore it
  - At one place: `# inc: ignore[XY001] reason` at the end of the line or on a
    line of its own above, in Markdown `<!-- inc: ignore[XY001] reason -->`. In
    a whole file: `# inc: ignore-file[XY001] reason`.
  - In one run: `inc check --ignore XY001`. In a hook of pre-commit:
    `args: [--ignore=XY001]`.
  - For some files or all: `ignore: [XY001]` in `policy/checks.yml`, which can
    also make it count for less.
  - Everything that is there today: `inc check --update-baseline`; from then on
    only what is new is reported.
"""
    )


def test_what_is_about_suppressions_is_ignored_in_fewer_ways() -> None:
    said = documentation.ignoring(replace(RULE, code="IB012"))
    assert "inc: ignore[" not in said
    assert said.endswith("No comment keeps it back, and no baseline does.")


def test_a_rule_says_what_its_fix_does() -> None:
    fixing = replace(RULE, fix="Sorts the notes by time. `inc check --fix` does it.")
    assert documentation.read(fixing)["Fix"] == fixing.fix


def test_a_line_without_a_place_to_break_stays_whole() -> None:
    assert list(documentation.fold("x" * 90, 78)) == ["x" * 90]
    assert list(documentation.fold(f"a: {'x' * 90}", 78)) == [f"a: {'x' * 90}"]
    assert list(documentation.fold(f"a: {'word ' * 20}end", 78))[1].startswith("    word")
