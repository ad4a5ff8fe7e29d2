"""A playbook as a checklist: steps are ticked, remembered by the browser, and forgotten when somebody says so."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
RUNBOOK = "playbooks/availability/database-failover/"
OTHER = "playbooks/security/credential-exposure/"


def ticked(page: Page) -> list[int]:
    """Return the places of the steps that are ticked, from 0."""
    found: list[int] = page.locator(".ib-step input").evaluate_all(
        "boxes => boxes.flatMap((box, place) => box.checked ? [place] : [])"
    )
    return found


def says(page: Page, done: int) -> None:
    """Wait until the count above the steps says so."""
    expect(page.locator(".ib-done output")).to_have_text(f"{done} of {page.locator('.ib-step').count()} done")


def test_ticked_steps_are_remembered_until_reset(visit: Visit) -> None:
    page = visit(RUNBOOK)
    says(page, 0)
    reset = page.get_by_role("button", name="Reset")
    expect(reset).to_be_disabled()
    page.get_by_label("Step 1", exact=True).check()
    page.get_by_label("Step 3", exact=True).check()
    says(page, 2)
    page.reload()
    says(page, 2)
    assert ticked(page) == [0, 2]
    page.get_by_label("Step 1", exact=True).uncheck()
    page.reload()
    assert ticked(page) == [2]
    reset.click()
    says(page, 0)
    page.reload()
    assert ticked(page) == []


def test_each_playbook_remembers_its_own_steps_in_all_tabs(visit: Visit) -> None:
    page = visit(RUNBOOK)
    second = page.context.new_page()
    second.goto(RUNBOOK)
    page.get_by_label("Step 2", exact=True).check()
    says(second, 1)
    assert ticked(second) == [1]
    second.goto(OTHER)
    says(second, 0)


def test_the_keyboard_ticks_and_resets(visit: Visit) -> None:
    page = visit(RUNBOOK)
    page.get_by_label("Step 1", exact=True).focus()
    page.keyboard.press("Space")
    says(page, 1)
    page.get_by_role("button", name="Reset").press("Enter")
    says(page, 0)
    expect(page.get_by_label("Step 1", exact=True)).to_be_focused()


def test_boxes_can_be_ticked_without_script(visit: Visit) -> None:
    page = visit(RUNBOOK, java_script_enabled=False)
    box = page.get_by_label("Step 1", exact=True)
    box.check()
    expect(box).to_be_checked()
    expect(page.locator(".ib-done")).to_have_count(0)


def test_paper_has_a_box_to_tick_at_each_step_and_no_button(visit: Visit) -> None:
    page = visit(RUNBOOK)
    page.emulate_media(media="print")
    boxes = page.locator(".ib-step input[type=checkbox]")
    assert boxes.count() == page.locator(".ib-step").count() > 5
    assert all(box.is_visible() for box in boxes.all())
    for button in page.locator("article button").all():
        assert not button.is_visible()


def test_a_decision_leads_to_the_step_that_it_names(visit: Visit) -> None:
    page = visit(RUNBOOK)
    way = page.locator(".ib-step__failure a[href^='#']").first
    target = (way.get_attribute("href") or "")[1:]
    way.click()
    assert page.url.endswith(f"#{target}")
    expect(page.locator(f"#{target}")).to_be_in_viewport()
