"""The graph of causes: contributing factors, the 5 whys as a path through them, and what they led to.

A contributing factor that leads to no other one led to the incident: that is what makes it a factor of it. A cause may come round
to itself (retries overload what they retry), so loops are told and not refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.postmortem import Postmortem
from incidentbook.repository import Repository

HAPPENED = ""  # the id of what happened, which no cause has


@frozen
class Cause:
    """A node of the graph.

    Attributes:
        id: its own in the graph; `HAPPENED` for what happened.
        text: what it says.
        factor: the name of its contributing factor, for people; of what happened, the incidents.
        primary: whether the post-mortem calls it the primary one.
        whys: which of the 5 whys it answers, counted from 1.

    """

    id: str
    text: str
    factor: str = ""
    primary: bool = False
    whys: tuple[int, ...] = ()


@frozen
class Link:
    """One cause led to another.

    Attributes:
        spine: whether it is a step of the 5 whys.
        returns: whether it closes a loop.

    """

    from_: str
    to: str
    spine: bool = False
    returns: bool = False


@frozen
class Graph:
    """Causes as written, then those that only the 5 whys name, and last what happened."""

    causes: tuple[Cause, ...]
    links: tuple[Link, ...]
    loops: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is a cause."""
        return len(self.causes) > 1

    @property
    def by_id(self) -> Mapping[str, Cause]:
        """Every cause by its id."""
        return {cause.id: cause for cause in self.causes}

    @property
    def summary(self) -> str:
        """What a picture of it shows, in plain words, for whoever does not see it."""
        count, happened = len(self.causes) - 1, self.by_id[HAPPENED].text
        said = [f"{count} {'cause' if count == 1 else 'causes'} that led to: {_ended(happened)}"]
        said += [f"Primary cause: {_ended(cause.text)}" for cause in self.causes if cause.primary]
        path = sorted((min(cause.whys), cause) for cause in self.causes if cause.whys)
        if path:
            steps = "; because ".join(cause.text.rstrip(". ") for _, cause in path)
            said.append(f"The whys, from what happened down: {steps}.")
        said += [f"A loop: {_ended(loop)}" for loop in self.told_loops()]
        return " ".join(said)

    def told_loops(self) -> Iterator[str]:
        """Yield each loop in words, from one of its causes round to the same."""
        names = {cause.id: cause.text for cause in self.causes}
        for loop in self.loops:
            yield " → ".join(names[name] for name in (*loop, loop[0]))


def graph(postmortem: Postmortem, incidents: Sequence[Incident], factors: Factors) -> Graph:
    """Return the graph of a post-mortem's causes.

    A step of the 5 whys is a link from the deeper cause to the one above it; a step that the written links contradict is none.
    A step that names no cause is a cause of its own. Links to causes that are not there, and causes written twice, are left out:
    the check tells of them.

    Args:
        postmortem: as its readers may see it.
        incidents: those that it covers, as they may see them.
        factors: the vocabulary.

    """
    causes = {
        node.id: Cause(node.id, node.text or factors.name(node.factor), factors.name(node.factor), node.primary)
        for node in reversed(postmortem.causes.nodes)
        if node.id
    }
    causes = dict(reversed(causes.items()))
    links = {
        (edge.from_, edge.to): Link(edge.from_, edge.to)
        for edge in postmortem.causes.edges
        if edge.from_ in causes and edge.to in causes
    }
    path = _path(postmortem, causes)
    own = [(name, name) for name in causes if (name, name) in links]
    for pair in own:
        del links[pair]
    after, led = _after(links), {to for _, to in links}
    for above, below in itertools.pairwise(path):
        known = (below, above) in links
        if (
            known or below not in led or below not in _reached(after, above)
        ):  # else the written links lead the other way
            links[below, above] = Link(below, above, spine=True)
            after.setdefault(below, []).extend([] if known else [above])
    titles = [postmortem.title] if postmortem.title and len(incidents) != 1 else [item.title for item in incidents]
    happened = "; ".join(filter(None, titles)) or "What happened"
    causes[HAPPENED] = Cause(HAPPENED, happened, ", ".join(item.id for item in incidents))
    along = sorted(links, key=lambda pair: not links[pair].spine)
    returning = list(_returning(causes, along, path[::-1]))
    for loop in returning:
        pair = loop[-1], loop[0]
        links[pair] = Link(*pair, links[pair].spine, returns=True)
    leading = {link.from_ for link in links.values() if not link.returns}
    for name in causes:
        first = bool(path) and name == path[0]
        if name != HAPPENED and (first or name not in leading):
            links[name, HAPPENED] = Link(name, HAPPENED, spine=first)
    loops = (*((name,) for name, _ in own), *returning)
    return Graph(tuple(causes.values()), tuple(links.values()), loops)


def of(house: Repository, postmortem: Postmortem) -> Graph:
    """Return the graph of a post-mortem in what its reader may see of the knowledge base."""
    covered = [found for name in postmortem.incidents if (found := house.incident(name))]
    return graph(postmortem, covered, house.policy(Factors))


def _path(postmortem: Postmortem, causes: dict[str, Cause]) -> list[str]:
    """Return the causes that the 5 whys come through, what was seen first; one that only they name is added to ``causes``."""
    by_text = {cause.text.casefold(): name for name, cause in causes.items()}
    path: list[str] = []
    for number, step in enumerate(postmortem.five_whys, 1):
        name = step.node if step.node in causes else by_text.get(step.because.casefold(), "")
        if not name:
            name = f"why-{number}"
            while name in causes:
                name += "-"
            causes[name] = Cause(name, step.because or step.why)
        known = causes[name]
        causes[name] = Cause(name, known.text, known.factor, known.primary, (*known.whys, number))
        if name not in path:
            path.append(name)
    return path


def _reached(after: Mapping[str, Sequence[str]], start: str) -> set[str]:
    found, left = {start}, [start]
    while left:
        new = set(after.get(left.pop(), ())) - found
        found |= new
        left += new
    return found


def _after(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for from_, to in links:
        found.setdefault(from_, []).append(to)
    return found


def _returning(
    causes: Iterable[str], links: Iterable[tuple[str, str]], first: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the loops that a walk along the links closes, each from the cause that it comes back to.

    It begins at ``first`` (the deepest of the 5 whys, whose path it follows, so that no loop is cut there), then at causes that
    none leads to.
    """
    pairs = list(links)
    after, led = _after(pairs), {to for _, to in pairs}
    done: set[str] = set()
    for start in (*first, *sorted(causes, key=led.__contains__)):
        way, ahead = [start], [iter(after.get(start, ()))]
        if start in done:
            continue
        while way:
            name = next(ahead[-1], None)
            if name is None:
                done.add(way.pop())
                ahead.pop()
            elif name in way:
                yield tuple(way[way.index(name) :])
            elif name not in done:
                way.append(name)
                ahead.append(iter(after.get(name, ())))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
