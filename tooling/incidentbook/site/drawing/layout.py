"""Where everything of a scene stands: rows from top to bottom over one time axis. Numbers and words only, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incidentbook.charts import lettering
from incidentbook.frozen import frozen
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.time import Moment, short
from incidentbook.site import wording
from incidentbook.site.drawing import names
from incidentbook.site.drawing.axis import Axis
from incidentbook.site.drawing.marks import EARLIER, LATER, Marks, bundled
from incidentbook.site.drawing.names import Word
from incidentbook.site.drawing.scene import Bar, Scene

WIDTH = 800
_LEFT, _RIGHT = 148.0, 794.0
_SIZE = 11.0  # of letters, in the unit of the picture
_LANE, _ROLE, _ROW, _GAP = 32.0, 19.0, 22.0, 5.0
_HIGH = {"outage": 14.0, "partial": 9.0, "degraded": 5.0, "span": 3.0}  # the worse, the higher
_MOST_LANES, _MOST_ROLES = 5, 6
_INSET = 4.0
_LEAST = 34.0  # room for a name, else it is left to the list of roles


@frozen
class Shape:
    """A rectangle; ``kind`` says what of, ``runs`` that it has no end yet."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    runs: bool = False


@frozen
class Row:
    """A row of marks."""

    y: float
    kind: str
    marks: Marks


@frozen
class Layout:
    """The whole picture.

    Attributes:
        guides: (x, from y, to y) of what runs through all rows: milestones.
        ranges: (from x, to x, y) of times that are uncertain.
        words: everything that is written.
        until: x of the line at which stretches that go on are cut off; None where there is none.

    """

    height: float
    base: float
    left: float
    right: float
    ticks: tuple[float, ...]
    guides: tuple[tuple[float, float, float], ...]
    shapes: tuple[Shape, ...]
    rows: tuple[Row, ...]
    ranges: tuple[tuple[float, float, float], ...]
    words: tuple[Word, ...]
    until: float | None = None


def arranged(scene: Scene, knows: KnowledgeBase) -> Layout:
    """Return the layout of a scene; times are written in the zone of the knowledge base, teams by their names."""
    axis = Axis.over(scene.start, scene.end, _LEFT, _RIGHT, knows.zone)
    made = _Page(axis, knows)
    made.milestones(scene.milestones)
    made.impact(scene.impact)
    made.marks("Timeline", "e", scene.entries)
    made.marks("Public updates", "c", scene.outside)
    made.marks("Internal updates", "i", scene.inside)
    made.roles(scene.roles)
    return made.finished(scene)


class _Page:
    """Rows as they are added, the next one always below the last."""

    def __init__(self, axis: Axis, knows: KnowledgeBase) -> None:
        self.axis, self.knows = axis, knows
        self.y = 0.0
        self.words: list[Word] = []
        self.shapes: list[Shape] = []
        self.rows: list[Row] = []
        self.ranges: list[tuple[float, float, float]] = []
        self.guides: list[tuple[float, float]] = []

    def milestones(self, found: Sequence[tuple[Moment, str]]) -> None:
        """Add the names of milestones, each at a line through all rows below; those that stand together share a name."""
        shown = [(moment, name) for moment, name in found if self.axis.holds(moment.at)]
        placed = names.staircase(
            [(self.axis.x(moment.at), f"~{name}" if moment.uncertain else name) for moment, name in shown],
            (_LEFT, _RIGHT), _SIZE,
        )  # fmt: skip
        self.words += placed.words
        self.guides = [(x, y) for x, y in placed.lines]
        self.y = placed.height + _GAP
        for moment, _ in shown:
            self._range(moment, self.y - _GAP)

    def impact(self, bars: Sequence[Bar]) -> None:
        """Add phases, those that overlap below each other."""
        lanes: list[float] = []
        top = self.y
        labelled: list[list[tuple[float, float, str]]] = []
        for bar in sorted(bars, key=lambda bar: (bar.start, -bar.seconds)):
            x, right = self.axis.x(bar.start), self.axis.x(bar.end)
            lane = next((index for index, end in enumerate(lanes) if end <= x + 0.5), len(lanes))
            lane = min(lane, _MOST_LANES - 1)
            lanes[lane:] = [max(right, lanes[lane]) if lane < len(lanes) else right, *lanes[lane + 1 :]]
            labelled += [[] for _ in range(lane + 1 - len(labelled))]
            high = _HIGH.get(bar.kind, 5.0)
            y = top + lane * _LANE + _LANE - 3 - high
            self.shapes.append(Shape(x, y, max(right - x, 1.5), high, bar.kind[0], bar.runs))
            labelled[lane].append((x + 3, y - 3, self._said(bar)))
        for row in labelled:
            self.words += names.along(row, _RIGHT, _SIZE)
        if bars:
            self._name("Impact" if bars[0].kind != "span" else "Duration", top + _LANE - 4)
            self.y = top + len(labelled) * _LANE + _GAP

    def marks(self, name: str, kind: str, found: Sequence[Moment]) -> None:
        """Add a row of marks; those that lie together are one mark with a number."""
        if not found:
            return
        middle = self.y + _ROW / 2
        inside = [moment for moment in found if self.axis.holds(moment.at)]
        earlier = sum(moment.at < self.axis.start for moment in found)
        made = bundled(
            [self.axis.x(moment.at) for moment in inside], earlier, len(found) - len(inside) - earlier, _LEFT, _RIGHT
        )
        self.rows.append(Row(middle, kind, made))
        self.words += [
            Word(x, middle + 3.3, text, "q" if EARLIER in text or LATER in text else "n") for x, text in made.counts
        ]
        self._name(name, middle + 4)
        for moment in inside:
            self._range(moment, middle)
        self.y += _ROW

    def roles(self, held: Sequence[tuple[str, tuple[Bar, ...]]]) -> None:
        """Add a row for each role, with the teams that held it one after the other."""
        self.y += _GAP if held else 0
        for role, bars in held[:_MOST_ROLES]:
            said = []
            for index, bar in enumerate(bars):
                x, right = self.axis.x(bar.start), self.axis.x(bar.end)
                following = self.axis.x(bars[index + 1].start) if index + 1 < len(bars) else _RIGHT
                self.shapes.append(Shape(x, self.y + 2, max(right - x, 1.5), _ROLE - 4, "r", bar.runs))
                said.append((x + _INSET, following, self.knows.team_name(bar.name)))
            self.words += [
                Word(x, self.y + 13, lettering.lines(text, _SIZE - 1, room - x, 1)[0], "h")
                for x, room, text in said
                if text and room - x >= min(_LEAST, lettering.width(text, _SIZE - 1))
            ]
            self._name(wording.label(role), self.y + 13)
            self.y += _ROLE
        if len(held) > _MOST_ROLES:
            self._name(f"and {len(held) - _MOST_ROLES} more roles", self.y + 13)
            self.y += _ROLE

    def finished(self, scene: Scene) -> Layout:
        """Add the axis below everything, and return the whole."""
        base = self.y + _GAP
        ticks = self.axis.ticks()
        self.words += names.below(ticks, base + 15, (0.0, _RIGHT + 4), _SIZE)
        until = self.axis.x(scene.until[0]) if scene.until else None
        if scene.until and until is not None:
            self.words.append(Word(until, base + 28, scene.until[1], "l"))
        return Layout(
            base + (32 if until is not None else 20), base, _LEFT, _RIGHT, tuple(x for x, _ in ticks),
            tuple((x, y, base) for x, y in self.guides), tuple(self.shapes), tuple(self.rows),
            tuple(dict.fromkeys(self.ranges)), tuple(self.words), until,
        )  # fmt: skip

    def _said(self, bar: Bar) -> str:
        return f"{bar.name.capitalize()} {short(bar.seconds)}{' so far' if bar.runs else ''}".lstrip()

    def _name(self, text: str, y: float) -> None:
        self.words.append(Word(0, y, lettering.lines(text, _SIZE, _LEFT - 8, 1)[0], ""))

    def _range(self, moment: Moment, y: float) -> None:
        if moment.earliest or moment.latest:
            ends = (self.axis.x(moment.earliest or moment.at), self.axis.x(moment.latest or moment.at))
            self.ranges.append((*ends, y))


def letters(words: Iterable[Word]) -> list[tuple[float, float, float, str]]:
    """Return (left, right, baseline, text) of words, so that a test can tell whether two of them overlap."""
    found = []
    for word in words:
        wide = lettering.width(word.text, _SIZE - {"n": 2, "q": 2, "h": 1}.get(word.kind, 0))
        left = word.x - {"e": wide, "l": wide, "m": wide / 2, "n": wide / 2, "q": wide / 2}.get(word.kind, 0.0)
        found.append((left, left + wide, word.y, word.text))
    return found
