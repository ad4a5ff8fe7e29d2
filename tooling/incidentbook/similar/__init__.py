"""Past incidents that resemble one: by the words of their records and post-mortems, their services and their factors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from incidentbook import marked
from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Status
from incidentbook.repository import Repository
from incidentbook.similar import vectors
from incidentbook.similar.terms import terms

LEAST = 0.05  # of the cosine; below it two incidents have little more in common than the language
_TERMS = 6
_TITLE, _CAUSE, _NAMED = 3, 2, 2  # how often a word of a title or cause, and a service or factor, counts
_SERVICE, _FACTOR = "service ", "factor "


@frozen
class Likeness:
    """An incident that resembles another, and why.

    Attributes:
        score: the cosine of the two, from 0 to 1; it orders, and means nothing by itself.
        terms: the words that they share, those first that add most.
        factors: contributing factors that both post-mortems name.
        services: that both records name.
        lessons: all the factors of that incident, whether shared or not.

    """

    incident: Incident
    score: float
    terms: tuple[str, ...]
    factors: tuple[str, ...]
    services: tuple[str, ...]
    lessons: tuple[str, ...]


def alike(repo: Repository, incident: Incident, count: int = 3, *, later: bool = False) -> list[Likeness]:
    """Return the incidents that resemble ``incident`` most, the closest first.

    Only what ``repo`` shows is looked at, so a view names nothing hidden. Cancelled and merged records and those of the same
    post-mortem are left out; drills and near misses teach as well.

    Args:
        repo: a knowledge base, or a view of one.
        incident: the one to compare with.
        count: how many at most.
        later: whether to look also at those that started after it; without it what is found does not change as time goes on.

    """
    together = repo.postmortem_of(incident.id)
    own = {incident.id, *(together.incidents if together else ())}
    others = [item for item in repo.all_incidents() if item.id not in own and _is_past(item, incident, later=later)]
    words: dict[str, dict[str, str]] = {}
    counts = {
        item.id: _counts(item, repo.postmortem_of(item.id), words.setdefault(item.id, {}))
        for item in (incident, *others)
    }
    weighed = vectors.weigh(counts)
    found = ((item, vectors.shared(weighed[incident.id], weighed[item.id])) for item in others)
    scored = [(round(sum(common.values()), 6), item, common) for item, common in found]
    best = sorted((one for one in scored if one[0] >= LEAST), key=lambda one: -one[0])[
        :count
    ]  # ties in the order of ids
    factors = _factors(together)
    return [
        Likeness(
            incident=item,
            score=score,
            terms=tuple(words[incident.id][term] for term in common if term in words[incident.id])[:_TERMS],
            factors=tuple(name for name in factors if name in _factors(repo.postmortem_of(item.id))),
            services=tuple(name for name in incident.services if name in item.services),
            lessons=_factors(repo.postmortem_of(item.id)),
        )
        for score, item, common in best
    ]


def _is_past(item: Incident, incident: Incident, *, later: bool) -> bool:
    if item.status in (Status.CANCELLED, Status.MERGED):
        return False
    return later or (item.started is not None and (incident.started is None or item.started < incident.started))


def _counts(incident: Incident, postmortem: Postmortem | None, words: dict[str, str]) -> Mapping[str, float]:
    """Count the terms of an incident; ``words`` is told a word for each, the shortest that it was made from."""
    counts: Counter[str] = Counter()
    for weight, text in _texts(incident, postmortem):
        for term, word in terms(text):
            counts[term] += weight
            words[term] = min(words.get(term, word), word, key=lambda one: (len(one), one))
    counts.update({_SERVICE + name: _NAMED for name in incident.services})
    counts.update({_FACTOR + name: _NAMED for name in _factors(postmortem)})
    return counts


def _texts(incident: Incident, postmortem: Postmortem | None) -> Iterator[tuple[int, str]]:
    yield _TITLE, incident.title
    yield _CAUSE, incident.investigation.primary_cause
    impact = incident.impact
    yield from (
        (1, text) for text in (incident.summary, incident.resolution, impact.summary, impact.business.reputation)
    )
    for notes in (impact.customer.notes, impact.business.notes, impact.technical.notes, incident.systems):
        yield from ((1, note) for note in notes)
    for entries in (
        incident.timeline,
        incident.changes,
        incident.investigation.hypotheses,
        incident.remediation.immediate,
    ):
        yield from ((1, entry.text) for entry in entries)
    if postmortem is not None:
        yield _TITLE, postmortem.title
        yield _CAUSE, postmortem.root_cause
        yield from ((_CAUSE, node.text) for node in postmortem.causes.nodes)
        yield from ((_CAUSE, why.because) for why in postmortem.five_whys)
        yield 1, postmortem.summary
        yield 1, marked.without(postmortem.body)


def _factors(postmortem: Postmortem | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.factor for node in postmortem.causes.nodes if node.factor)) if postmortem else ()
