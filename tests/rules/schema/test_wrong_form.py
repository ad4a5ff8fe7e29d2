"""IB105: a text without the form asked for, with the form in words."""

from __future__ import annotations

from collections.abc import Callable

from incidentbook.finding import Finding

Check = Callable[..., list[Finding]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"


def test_action_id_of_the_wrong_form(check: Check, base: Base) -> None:
    path = "postmortems/2025/INC-2025-001.md"
    found = check(
        {path: base(path, "id: AI-2025-001-1", "id: ACTION-1"), RECORD: base(RECORD, ", action: AI-2025-001-1")}
    )
    assert [(f.code, f.span.line, f.span.column, f.message) for f in found] == [
        ("IB105", 8, 9, "`id` does not have the right form: `ACTION-1`")
    ]
    assert found[0].hint.startswith("An action item id looks like AI-2025-001-1")


def test_a_slug_is_proposed(check: Check, base: Base) -> None:
    found = check({"policy/services.yml": base("policy/services.yml", "team: platform", "team: Platform Team")})
    form = next(f for f in found if f.code == "IB105")
    assert (form.span.line, form.span.column) == (3, 40)
    assert form.hint.endswith("For example `platform-team`.")


def test_key_of_the_wrong_form_is_shown_at_the_key(check: Check, base: Base) -> None:
    path = "policy/factors.yml"
    (found,) = check({path: base(path, "  monitoring-gap:", "  Monitoring Gap:")})
    assert (found.span.line, found.span.column, found.message) == (
        4, 3, "The key `Monitoring Gap` does not have the right form",
    )  # fmt: skip


def test_a_line_end_at_the_end_is_said(check: Check, base: Base) -> None:
    found = check({RECORD: base(RECORD, "services: [public-api]", 'services: ["public-api\\n"]')})
    assert (
        next(f for f in found if f.code == "IB105").message == "Item 1 of `services` ends in a line end: `public-api`"
    )
