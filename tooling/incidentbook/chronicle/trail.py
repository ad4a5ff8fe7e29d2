"""What was known of a record when: for each commit that touched it, which facts it added, changed and took away."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from incidentbook import git_command
from incidentbook.chronicle import numbers
from incidentbook.chronicle.steps import Reading, Step, Text, Touch, whole
from incidentbook.differences import Difference, differences, shown
from incidentbook.entry import Entry
from incidentbook.history.about import about, brought
from incidentbook.history.clock import settled
from incidentbook.history.facts import IncidentFacts, PostmortemFacts
from incidentbook.history.past import Past, Version
from incidentbook.records.time import UTC

_NOTHING: Mapping[str, Any] = {}
_TEXTS = ("text", "title", "to")  # of an entry: what says most
_NOT_HERE = "Git does not have its content here"
_HIDDEN = "It is not shown"


State = Mapping[str, str]  # the files that are followed, and the names of their contents


def of_incident(root: Path, past: Past, incident_id: str, reading: Reading = whole) -> list[Step]:
    """Return the steps of an incident's record and of its post-mortem, the oldest first; none where there never was such a one.

    A record is followed back through the files that it was in and the numbers that it had.
    """
    called = numbers.called(root, past, incident_id)

    def follows(version: Version) -> bool:
        names = [name for name in called if name.holds(version.at)]
        if isinstance(version.facts, IncidentFacts):
            return any((name.id, name.path) == (version.facts.id, version.path) for name in names)
        facts = version.facts
        return isinstance(facts, PostmortemFacts) and any(name.id in facts.incidents for name in names)

    return list(_steps(root, past, _states(past, follows), reading))


def of_action(root: Path, past: Past, action_id: str, reading: Reading = whole) -> list[Step]:
    """Return the steps of an action item, whichever file it stood in, the oldest first; none where there never was such a one."""

    def follows(version: Version) -> bool:
        return isinstance(version.facts, PostmortemFacts) and any(item.id == action_id for item in version.facts.items)

    def only(entry: Entry[Any]) -> Text:
        text = reading(entry)
        items = text.data.get("action_items") or ()
        found = (item for item in items if isinstance(item, Mapping) and item.get("id") == action_id)
        item = next(found, None)
        return Text(item or _NOTHING, (), text.unreadable or ("" if item else _HIDDEN))

    found = []
    for step in _steps(root, past, _states(past, follows), only):
        touches = tuple(touch for touch in step.touches if touch.what != "changed" or touch.differences)
        if touches:  # else something else in its post-mortem changed
            found.append(replace(step, touches=touches))
    return found


def _states(past: Past, follows: Callable[[Version], bool]) -> list[tuple[int, State]]:
    """Return, for each commit that changed it, the state of what is followed from then on.

    A version that cannot be read belongs to what its file was before.
    """
    state: dict[str, str] = {}
    found: list[tuple[int, State]] = []
    for version in past.versions():
        known = version.path in state
        stays = not version.gone and (follows(version) if version.facts is not None else known)
        if not (known or stays):
            continue
        state = {path: blob for path, blob in state.items() if path != version.path}
        if stays:
            state[version.path] = version.blob
        if found and found[-1][0] == version.at:
            found.pop()
        found.append((version.at, state))
    return found


def _steps(root: Path, past: Past, states: list[tuple[int, State]], reading: Reading) -> Iterator[Step]:
    told = about(root, (past.commit(place) for place, _ in states))
    texts = _texts(root, {pair for _, state in states for pair in state.items()}, reading)
    known_at = settled(past.times)
    last: dict[str, Text] = {}  # what each file said when it was last readable
    before: State = {}
    for place, after in states:
        touches = tuple(_touches(before, after, texts, last))
        if place == 0 and past.shortened:
            touches = tuple(replace(touch, what="there") if touch.what == "added" else touch for touch in touches)
        commit = past.commit(place)
        at, known = (dt.datetime.fromtimestamp(second, UTC) for second in (past.times[place], known_at[place]))
        paths = [path for touch in touches for path in (touch.path, touch.moved_from) if path]
        came = brought(root, commit, paths) if told[commit].merge and paths else []
        yield Step(at, known, place, commit, *told[commit], touches, tuple(came))
        before = after


def _touches(
    before: State, after: State, texts: Mapping[tuple[str, str], Text], last: dict[str, Text]
) -> Iterator[Touch]:
    came = sorted(after.keys() - before.keys())
    went = sorted(before.keys() - after.keys())
    moved = {}
    for path in came:
        old = next((one for one in went if one.split("/")[0] == path.split("/")[0]), None)
        if old is not None:
            went.remove(old)
            moved[path] = old
    for path in sorted(after):
        old = moved.get(path, path)
        if before.get(old) == after[path] and old == path:
            continue
        text, was = texts[path, after[path]], last.pop(old, None)
        yield touched(path, moved.get(path, ""), was, text)
        last[path] = was if text.unreadable and was else text
    for path in went:
        yield Touch("removed", path, before=last.pop(path, Text()).data)


def touched(path: str, moved_from: str, was: Text | None, text: Text) -> Touch:
    """Return what became of a file."""
    if text.unreadable:
        return Touch("unreadable", path, moved_from, reason=text.unreadable, before=was.data if was else _NOTHING)
    if was is None or (was.unreadable and not was.data):
        return Touch("added", path, moved_from, tuple(_written(text.data)), len(text.body), after=text.data)
    one, other = Counter(was.body), Counter(text.body)
    return Touch(
        "moved" if moved_from else "changed", path, moved_from, tuple(_between(was.data, text.data)),
        (other - one).total(), (one - other).total(), before=was.data, after=text.data,
    )  # fmt: skip


def _between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what differs, a list of entries with ids entry by entry."""
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = _entries(before.get(key)), _entries(after.get(key))
        if old is None or new is None:
            part = isinstance(after.get(key, before.get(key)), Mapping)
            empty: Mapping[str, Any] = (
                {key: {}} if part else {}
            )  # so that a part that came or went is told fact by fact
            one, other = ({key: side[key]} if key in side else empty for side in (before, after))
            yield from differences(one, other)
            continue
        for name in [*old, *(name for name in new if name not in old)]:
            path = f"{key}[{name}]"
            if name in old and name in new:
                yield from differences(old[name], new[name], path)
            else:
                yield Difference(path, *(_said(side[name]) if name in side else "" for side in (old, new)))


def _entries(value: object) -> Mapping[str, Mapping[str, Any]] | None:
    """Return entries by their ids; None where ``value`` is no list of entries that each have one of their own."""
    if value is None:
        return {}
    if not isinstance(value, list):
        return None
    found = {entry["id"]: entry for entry in value if isinstance(entry, Mapping) and isinstance(entry.get("id"), str)}
    return found if len(found) == len(value) else None


def _said(entry: Mapping[str, Any]) -> str:
    """Say an entry in a line: its time and its text where it has them."""
    text = next((entry[key] for key in _TEXTS if isinstance(entry.get(key), str)), None)
    if text is None:
        return shown(entry)
    time = entry.get("at")
    return " ".join(f"{time} {text}".split()) if isinstance(time, str) else " ".join(text.split())


def _written(data: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what a new file says, in short: a list of entries is told by how many there are."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from (Difference(f"{key}.{below}", "", shown(part)) for below, part in value.items())
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield Difference(str(key), "", f"{len(value)} {'entry' if len(value) == 1 else 'entries'}")
        else:
            yield Difference(str(key), "", shown(value))


def _texts(root: Path, wanted: Iterable[tuple[str, str]], reading: Reading) -> dict[tuple[str, str], Text]:
    """Read contents, each by the path that it stands at."""
    pairs = sorted(wanted)
    names = [blob for _, blob in pairs if blob]
    contents = dict(zip(names, git_command.blobs(root, names), strict=True))
    return {(path, blob): _text(path, contents.get(blob), reading) for path, blob in pairs}


def _text(path: str, data: bytes | None, reading: Reading) -> Text:
    return Text(unreadable=_NOT_HERE) if data is None else reading(Entry.of_bytes(path, data))
