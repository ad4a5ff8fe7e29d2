"""Genuine post-mortems that others published: how often the closest three share a factor that was labelled by hand.

The texts are not part of this repository. They are looked for where INCIDENTBOOK_TEST_DATA says, else beside the repository in
``shared/data``; without them the test is skipped. The search knows texts only: labels, services and factors are kept from it.
"""

from __future__ import annotations

import functools
import math
import os
import statistics
from pathlib import Path

import pytest

from incidentbook import similar, source
from incidentbook.similar.terms import terms
from kb import ROOT, incident, repo

DATA = Path(os.environ.get("INCIDENTBOOK_TEST_DATA") or ROOT.parent / "shared" / "data") / "3_postmortems"
LABELS = Path(__file__).with_name("labels.yml")


def labelled() -> dict[Path, frozenset[str]]:
    """Return the factors of every text, by the one file whose path begins as the label says."""
    said = source.load(LABELS.read_text(encoding="utf-8")).value
    found = {}
    for folder, names in said.items():
        paths = [path for path in sorted((DATA / folder).rglob("*")) if path.is_file()]
        for name, factors in names.items():
            (path,) = (one for one in paths if one.relative_to(DATA / folder).as_posix().startswith(name))
            found[path] = frozenset(factors)
    return found


def at_random(factors: list[frozenset[str]]) -> tuple[float, float]:
    """Return how often one other text, and one of three others, drawn at random shares a factor: exact means over all."""
    others = len(factors) - 1
    sharing = [sum(bool(own & other) for other in factors) - 1 for own in factors]
    none = [math.comb(others - hits, 3) / math.comb(others, 3) for hits in sharing]
    return statistics.fmean(hits / others for hits in sharing), 1 - statistics.fmean(none)


@pytest.mark.no_cover
@pytest.mark.skipif(
    not DATA.is_dir(), reason="the genuine post-mortems are absent: no 3_postmortems under INCIDENTBOOK_TEST_DATA"
)
def test_the_closest_three_share_a_factor_more_often_than_three_at_random(
    record_property: pytest.RecordProperty, monkeypatch: pytest.MonkeyPatch
) -> None:
    # each text is compared with all others, and taken to pieces once
    monkeypatch.setattr(similar, "terms", functools.cache(lambda text: tuple(terms(text))))
    labels = labelled()
    assert set().union(*labels.values()) <= set(
        source.load((ROOT / "policy/factors.yml").read_text(encoding="utf-8")).value["factors"]
    )
    names = {f"INC-2025-{number:03}": path for number, path in enumerate(labels, 1)}
    house = repo(
        *(incident(number, title="", services=[]) for number in range(1, len(names) + 1)),
        postmortems=[{"incidents": [name], "body": path.read_text("utf-8", "replace")} for name, path in names.items()],
    )
    each, any_of_three = [], []
    for one in house.all_incidents():
        own = labels[names[one.id]]
        hits = [bool(own & labels[names[other.incident.id]]) for other in similar.alike(house, one, later=True)]
        each.append(sum(hits) / 3)
        any_of_three.append(any(hits))
    share, among = statistics.fmean(each), statistics.fmean(any_of_three)
    chance, chance_among = at_random(list(labels.values()))
    said = (
        f"{len(labels)} texts: of the closest three, {share:.0%} share a factor (at random {chance:.0%}); "
        f"at least one of them does for {among:.0%} (at random {chance_among:.0%})"
    )
    print(said)  # noqa: T201 - the figure is what this is run for (-s shows it)
    record_property("similar", said)
    assert share > 1.5 * chance, said
    assert among > chance_among, said
