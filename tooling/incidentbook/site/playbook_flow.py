"""The decisions of a playbook drawn as a list of steps with arrows: where a step's failure leads back, on, or out of it."""

from __future__ import annotations

import re

from incidentbook.frozen import frozen
from incidentbook.records.playbook import Playbook, Step
from incidentbook.site import markup
from incidentbook.site.links import Place

_ID = r"[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]"
# An id that is an ordinary word (look, declare) is meant only where "step" stands before it.
_LEADS = re.compile(rf"\bsteps?\s+`?({_ID})|`({_ID})`|\b([A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)\b")
_ELSEWHERE = re.compile(rf"\b[a-z-]+/[a-z0-9-]+,?\s+steps?\s+`?{_ID}")  # a step of another playbook


@frozen
class Branch:
    """What happens where a step does not do what it should: the number of the step that its text names, or None."""

    step: int
    text: str
    leads_to: int | None


def branches(item: Playbook) -> list[Branch]:
    """Return the branches of a playbook in the order of its steps."""
    places = {step.id: number for number, step in enumerate(item.steps, 1) if step.id}
    return [
        Branch(number, step.on_failure, _target(step, places))
        for number, step in enumerate(item.steps, 1)
        if step.on_failure
    ]


def _target(step: Step, places: dict[str, int]) -> int | None:
    said = _ELSEWHERE.sub("", step.on_failure)
    names = (name for groups in _LEADS.findall(said) for name in groups if name in places)
    return next((places[name] for name in names), None)


def drawn(item: Playbook, place: Place) -> str:
    """Return the flow: every step in short, and beside it the branch that leaves it; empty without any branch."""
    found = {branch.step: branch for branch in branches(item)}
    if not found:
        return ""
    rows = "".join(_row(number, item, found.get(number), place) for number in range(1, len(item.steps) + 1))
    return f'<ol class="ib-flow">{rows}</ol>'


def _row(number: int, item: Playbook, branch: Branch | None, place: Place) -> str:
    step = item.steps[number - 1]
    head = f'<a href="#{anchor(step, number)}">{markup.said(first(step.action))}</a>'
    return f"<li>{head}{_leaves(branch, item, place) if branch else ''}</li>"


def _leaves(branch: Branch, item: Playbook, place: Place) -> str:
    kind = "" if branch.leads_to is None else "on" if branch.leads_to > branch.step else "back"
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}><b>If not:</b> {place.inline(first(branch.text))} {way(branch, item)}</p>"


def way(branch: Branch, item: Playbook) -> str:
    """Return a link to the step that a branch leads to; empty where it names none."""
    if branch.leads_to is None:
        return ""
    target = f"#{anchor(item.steps[branch.leads_to - 1], branch.leads_to)}"
    return f'<a href="{target}">{"On" if branch.leads_to > branch.step else "Back"} to step {branch.leads_to}</a>'


def first(words: str) -> str:
    """Return the first sentence of a text, with the answer to it where it is a question."""
    sentences = re.split(r"(?<=[.!?])\s", words.strip(), maxsplit=2)
    return " ".join(sentences[: 2 if sentences[0].endswith("?") else 1])


def anchor(step: Step, number: int) -> str:
    """Return the id of a step's element; numbers stand in for steps without an id of their own."""
    return f"step-{re.sub(r'[^A-Za-z0-9._-]', '-', step.id)}" if step.id else f"step-{number}"
