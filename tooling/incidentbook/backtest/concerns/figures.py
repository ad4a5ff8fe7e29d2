"""Definitions of figures: what of the default window moves when they are computed by the other policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook import alterations, periods, restatement
from incidentbook.backtest.bench import Bench
from incidentbook.backtest.model import Judged
from incidentbook.figures import Figure
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.repository import Repository

ORDER = 70
TITLE = "Figures"
POLICY = ""
NOTE = (
    "The default window of HEAD, at the same now; a definition judges nobody, so effective_from does not matter here."
)
_DEFINE = (MetricsPolicy, Services, Severities, ActionsPolicy, CommunicationsPolicy)


def reads(house: Repository) -> Any:
    """Return whatever figures may rest on."""
    return [house.policy(cls) for cls in _DEFINE]


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield every figure of the window, as each end's policies make it."""
    one, other = (side.repo for side in bench.sides)
    length = bench.after.policy(MetricsPolicy).windows.get("default", "30d")
    window = periods.parse(length, bench.now, bench.zone)[-1]
    edits = alterations.edits(one.with_records([], [], []), other.with_records([], [], []))
    found = restatement.restate(one, other, window, bench.now, edits)
    moved = {(figure.key if figure else ""): item for item in found.moved for figure in [item.after or item.before]}
    for figure in found.after.figures:
        if figure.key not in moved:
            yield Judged((), figure.text, figure.text, figure.definition, differs=False, group=window.label)
    for item in found.moved:
        alone = "; ".join(f"{effect.edit.name} alone: {_said(effect.figure)}" for effect in item.effects)
        yield Judged(
            (), _said(item.before), _said(item.after), alone or "only together do the policies move it", differs=True,
            about=item.name, group=window.label,
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many figures move."""
    moved = [item for item in judged if item.differs]
    if moved:
        yield f"{len(moved)} of {len(judged)} figures of {moved[0].group} would be others"


def _said(figure: Figure | None) -> str:
    if figure is None:
        return "not measured"
    parts = "/".join(map(str, figure.parts.values()))
    return f"{figure.text} ({parts})" if parts else figure.text
