"""IB801 to IB804: how an analysis speaks of people; which texts are read, and where the finding stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
FORGOT = "The engineer forgot to renew the certificate."
SHOULD = "The on-call engineer should have checked the replica."
NAMED = "The alert rang and @jdoe restarted the primary."
STOPS = "The outage was caused by human error."
Case = tuple[str, str, int, str, str]
CASES: list[Case] = [
    (FORGOT, "IB801", 14, "forgot", "Forgetting is not a cause"),
    (SHOULD, "IB802", 13, "engineer should have checked", "This says what people should or could have done"),
    (STOPS, "IB803", 26, "human error", "The analysis stops at human error"),
    (NAMED, "IB804", 20, "@jdoe", "This names a person"),
]
each = pytest.mark.parametrize("case", CASES, ids=[code for _, code, *_ in CASES])


def with_front(base: Base, yaml: str) -> dict[str, str | None]:
    return {POSTMORTEM: base(POSTMORTEM, "status: published\n", f"status: published\n{yaml}\n")}


def with_body(base: Base, text: str) -> dict[str, str | None]:
    return {POSTMORTEM: base(POSTMORTEM) + text}


@each
def test_in_a_body(check: Callable[..., list[Finding]], base: Base, case: Case) -> None:
    text, code, column, words, message = case
    (found,) = check(with_body(base, f"\n## Lessons learned\n\nAll is well. {text}\n"))
    assert (found.code, found.span.line, found.span.column) == (code, 20, column + 13)
    assert found.span.end_column == found.span.column + len(words)
    assert found.message.startswith(message)
    assert found.message.endswith(f": “{words}”")
    assert found.hint, "a better way to say it"


@each
def test_in_front_matter(said: Said, base: Base, case: Case) -> None:
    text, code, column, words, message = case
    (found,) = said(with_front(base, f"summary: {text}"))
    assert found.startswith(f"{POSTMORTEM}:4:{column + 9} {code} {message}")
    assert words in found


@each
def test_in_a_record(said: Said, base: Base, case: Case) -> None:
    text, code, column, words, message = case
    (found,) = said({RECORD: base(RECORD, "text: Every request ends in an error", f'text: "{text}"')})
    assert found.startswith(f"{RECORD}:19:{column + 59} {code} {message}")
    assert words in found


def test_in_a_folded_text_the_place_is_that_of_the_words(said: Said, base: Base) -> None:
    (found,) = said(
        with_front(base, "summary: >-\n  It's late. The engineer\n  forgot to renew it, and nobody else forgot.")
    )
    assert found.startswith(f"{POSTMORTEM}:6:3 IB801 ")


def test_in_a_text_of_several_lines_the_place_is_that_of_the_words(said: Said, base: Base) -> None:
    (found,) = said(with_front(base, f"summary: |\n  It was late.\n  {FORGOT}\n  It was dark."))
    assert found.startswith(f"{POSTMORTEM}:6:16 IB801 ")


def test_a_value_of_a_record_is_no_markdown(said: Said, base: Base) -> None:
    (found,) = said(with_front(base, f"summary: '> {FORGOT}'"))
    assert found.startswith(f"{POSTMORTEM}:4:26 IB801 ")


def test_of_equal_words_the_flagged_ones_are_shown(said: Said, base: Base) -> None:
    found = said(with_front(base, 'summary: "The guard forgot it. The engineer forgot it."'))
    assert [line.split()[0] for line in found] == [f"{POSTMORTEM}:4:21", f"{POSTMORTEM}:4:45"]


def test_words_behind_an_escape_are_shown_by_their_whole_text(said: Said, base: Base) -> None:
    (found,) = said(with_front(base, r'summary: "The engineer \x66orgot it."'))
    assert found.startswith(f"{POSTMORTEM}:4:10 IB801 ")


@pytest.mark.parametrize(
    "text",
    [
        "> The engineer forgot to renew the certificate.",
        "`The engineer forgot to renew the certificate.`",
        "```\nThe engineer forgot to renew the certificate.\n```",
        "## Attendees\n\n- @jdoe",
        "The certificate expired, as nothing reminds anybody of its last day.",
        "The script should have retried.",
        "Thanks to @jdoe for the report.",
    ],
)
def test_quotations_code_credit_and_machines_are_left_alone(said: Said, base: Base, text: str) -> None:
    assert said(with_body(base, f"\n{text}\n")) == []


def test_a_line_at_the_top_of_a_body_hides_nothing(said: Said, base: Base) -> None:
    text = base(POSTMORTEM).split("## What went well", maxsplit=1)[0]
    (found,) = said({POSTMORTEM: f"{text}---\n{FORGOT}\n\n---\n"})
    assert " IB801 " in found


def test_what_others_wrote_keeps_its_words(said: Said, base: Base) -> None:
    origin = "provenance: {source: statuspage, id: abc}"
    summary = base(RECORD, "severity: sev1", f"severity: sev1\nsummary: {FORGOT}")
    assert [line.split()[1] for line in said({RECORD: summary})] == ["IB801"]
    assert said({RECORD: f"{summary}{origin}\n"}) == []
    entry = base(RECORD, "text: Every request ends in an error}", f'text: "{FORGOT}"}}')
    assert [line.split()[1] for line in said({RECORD: entry})] == ["IB801"]
    assert said({RECORD: f"{entry}{origin}\n"}) == []
    assert said({RECORD: entry.replace('."}', f'.", {origin}}}')}) == []


def test_what_was_told_to_customers_stays_as_it_was(said: Said, base: Base) -> None:
    told = f'communications:\n  - {{id: c1, at: 2025-01-15T03:00:00Z, audience: public, channel: status-page, text: "{STOPS}"}}\n'
    assert said({RECORD: base(RECORD) + told}) == []


@pytest.mark.parametrize(("status", "codes"), [("confirmed", ["IB803"]), ("rejected", [])])
def test_a_hypothesis_counts_until_it_is_rejected(said: Said, base: Base, status: str, codes: list[str]) -> None:
    line = f'  hypotheses: [{{id: h1, text: "{STOPS}", status: {status}}}]\n  evidence:'
    found = said({RECORD: base(RECORD, "  evidence:", line)})
    assert [line.split()[1] for line in found] == codes


@pytest.mark.parametrize("because", ["User error", "Human error", "A manual slip at the console"])
def test_the_end_of_the_five_whys(said: Said, base: Base, because: str) -> None:
    (found,) = said(
        with_front(
            base, f"five_whys:\n  - {{why: Why?, because: The name was wrong}}\n  - {{why: Why?, because: {because}}}"
        )
    )
    assert found.startswith(f"{POSTMORTEM}:6:")
    assert "IB803 The chain of causes ends at human error: “" in found


@pytest.mark.parametrize("whys", ["5", "[]", "none"])
def test_five_whys_that_are_no_chain_end_nowhere(said: Said, base: Base, whys: str) -> None:
    assert [line for line in said(with_front(base, f"five_whys: {whys}")) if " IB80" in line] == []


def test_a_step_of_the_five_whys_may_be_what_a_user_did(said: Said, base: Base) -> None:
    whys = "  - {why: Why?, because: User error}\n  - {why: Why?, because: The two buttons look alike}"
    assert said(with_front(base, f"five_whys:\n{whys}")) == []


GRAPH = """\
causes:
  nodes:
    - {id: a, factor: automation-defect, text: The name was wrong}
    - {id: b, factor: monitoring-gap, text: User error}
  edges: [{from: %s, to: %s}]
"""


@pytest.mark.parametrize(("edge", "codes"), [(("b", "a"), ["IB803"]), (("a", "b"), [])])
def test_the_end_of_the_graph_is_where_no_edge_leads_to(said: Said, edge: tuple[str, str], codes: list[str]) -> None:
    text = f"---\nincidents: [INC-2025-001]\nstatus: published\n{GRAPH % edge}---\n"
    found = [line for line in said({POSTMORTEM: text}) if " IB80" in line]
    assert [line.split()[1] for line in found] == codes
    assert not found or found[0].startswith(f"{POSTMORTEM}:7:45 ")


def test_a_factor_that_means_human_error(said: Said, base: Base) -> None:
    text = f"---\nincidents: [INC-2025-001]\nstatus: published\n{GRAPH % ('b', 'a')}---\n"
    text = text.replace("monitoring-gap, text: User error", "human-error, text: The name was wrong")
    factors = base("policy/factors.yml") + "  human-error: {name: Human error, category: process, description: None.}\n"
    (found,) = [line for line in said({POSTMORTEM: text, "policy/factors.yml": factors}) if " IB80" in line]
    assert found == f"{POSTMORTEM}:7:23 IB803 The chain of causes ends at human error: the factor `human-error`"
