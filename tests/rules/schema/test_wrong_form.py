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
    assert form.hint == (
        "Use a slug: small letters a to z, digits and single hyphens, such as public-api. For example `platform-team`."
    )
    found = check({"policy/services.yml": base("policy/services.yml", "team: platform", "team: Pl" + "a" * 70)})
    form = next(f for f in found if f.code == "IB105")
    assert form.hint.endswith(f" For example `pl{'a' * 62}`."), "one that is not too long"


def test_key_of_the_wrong_form_is_shown_at_the_key(check: Check, base: Base) -> None:
    path = "policy/factors.yml"
    text = base(path, "  monitoring-gap:", "  Monitoring Gap:").replace(
        "effective_from: 2024-01-01", "effective_from: soon"
    )
    text = text.replace("design, ", "design, Other Key: x, ") + "  x y: {name: x}\n"
    found = [each for each in check({path: text}) if each.code == "IB105"]
    assert [(each.span.line, each.span.column, each.message) for each in found] == [
        (4, 3, "The key `Monitoring Gap` does not have the right form"),
        (5, 3, "The key `x y` does not have the right form"),
    ]


def test_a_line_end_at_the_end_is_said(check: Check, base: Base) -> None:
    found = check({RECORD: base(RECORD, "services: [public-api]", 'services: ["public-api\\n"]')})
    assert [f.message for f in found if f.code == "IB105"] == ["Item 1 of `services` ends in a line end: `public-api`"]
    found = check({RECORD: base(RECORD, "services: [public-api]", 'services: ["Public API\\n"]')})
    assert [f.message for f in found if f.code == "IB105"] == [
        "Item 1 of `services` does not have the right form: `Public API`"
    ]
