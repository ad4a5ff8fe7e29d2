"""What an import would do, decided before anything is written: which record gets which id, text and line of the report. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from incidentbook import source
from incidentbook.errors import EditError
from incidentbook.importers import _record
from incidentbook.importers import _values as values
from incidentbook.importers._merge import append_new
from incidentbook.importers._model import Draft, Outcome, ReadFile, Reason, Rejected, Result
from incidentbook.importers._services import Book
from incidentbook.records.vocabulary import Status

_ID = re.compile(r"INC-([0-9]{4})-([0-9]{3,})\Z")


@dataclass(slots=True)
class Here:
    """A record that is here already: where, its text, and its data."""

    path: str
    text: str
    value: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The record's id; its file's name where it gives none."""
        given = self.value.get("id")
        return given if isinstance(given, str) else self.path.rsplit("/", 1)[-1].removesuffix(".yml")


@dataclass(slots=True)
class Plan:
    """The state that an import works on, and what it will write.

    Attributes:
        here: the imported records that are here, by what they are known by.
        highest: the highest number of each year.
        writes: text by path.
        results: one line a record, in the order of the files.
        reserved: the id of each incident that is new, by what it is known by.

    """

    here: dict[_record.Key, Here]
    highest: dict[int, int]
    book: Book
    writes: dict[str, str] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    reserved: dict[_record.Key, str] = field(default_factory=dict)

    def reserve(self, files: Iterable[ReadFile]) -> None:
        """Number the incidents that are new in any of ``files`` in the order of their start, whichever file they stand in."""
        new: dict[_record.Key, Draft] = {}
        for file in files:
            for key, draft in _best(file.parsed.drafts).items():
                if (
                    key is not None
                    and key not in self.here
                    and not _record.fault(_record.compose(draft, "INC-2000-001", ()))
                ):
                    new.setdefault(key, draft)
        for draft in in_order(new.values()):
            key = _record.key_of(draft.record["provenance"])
            if key is not None:
                self.reserved[key] = self._next_id(draft)

    def _next_id(self, draft: Draft) -> str:
        year = _record.year_of(draft)
        self.highest[year] = self.highest.get(year, 0) + 1
        return f"INC-{year:04}-{self.highest[year]:03}"

    def read(self, file: ReadFile, drafts: Iterable[Draft] | None = None) -> None:
        """Decide about every record of one file; a later file meets what an earlier one of the same run brought."""
        results = [_rejected(file, item) for item in file.parsed.rejected]
        best = _best(file.parsed.drafts)
        for draft in drafts if drafts is not None else in_order(file.parsed.drafts):
            key = _record.key_of(draft.record["provenance"])
            if key is None or best[key] is not draft:
                results.append(self._refused(file, draft, Reason.DUPLICATE_IN_FILE))
            elif key in self.here:
                results.append(self._known(file, draft, key))
            else:
                results.append(self._new(file, draft, key))
        self.results += sorted(results, key=lambda result: result.index)

    def _new(self, file: ReadFile, draft: Draft, key: _record.Key) -> Result:
        services, fresh = self.book.find(draft)
        if wrong := _record.fault(_record.compose(draft, "INC-2000-001", services)):
            return self._refused(file, draft, Reason.BREAKS_SCHEMA, detail=wrong)
        incident_id = self.reserved.pop(key, "") or self._next_id(draft)
        record = _record.compose(draft, incident_id, services)
        self.book.add(fresh)
        self._write(key, Here(f"incidents/{incident_id[4:8]}/{incident_id}.yml", _record.write(record), record))
        return _result(file, draft, Outcome.IMPORTED, incident_id)

    def _known(self, file: ReadFile, draft: Draft, key: _record.Key) -> Result:
        here = self.here[key]
        if _record.is_older(draft, here.value):
            return self._refused(file, draft, Reason.OLDER_THAN_HERE, incident=here.id)
        services, fresh = self.book.find(draft)
        record = _record.compose(draft, here.id, services)
        if wrong := _record.fault(record):
            return self._refused(file, draft, Reason.BREAKS_SCHEMA, detail=wrong, incident=here.id)
        text = _record.write(record)
        if here.text.replace("\r\n", "\n") == text:
            return _result(file, draft, Outcome.UNCHANGED, here.id)
        if not _record.is_ours(here.text):
            return self._edited(file, draft, key, record)
        self.book.add(fresh)
        self._write(key, Here(here.path, text, record))
        return _result(file, draft, Outcome.UPDATED, here.id)

    def _edited(self, file: ReadFile, draft: Draft, key: _record.Key, record: Mapping[str, Any]) -> Result:
        here = self.here[key]
        try:
            text, added = append_new(here.text, record)
        except EditError as error:
            return self._refused(file, draft, Reason.EDITED_HERE, detail=str(error), incident=here.id)
        value = source.load(text).value
        kept = tuple(_record.differing(value, record))
        if text != here.text:
            self._write(key, Here(here.path, text, value))
            return _result(file, draft, Outcome.UPDATED, here.id, kept=kept, added=added)
        if not kept:
            return _result(file, draft, Outcome.UNCHANGED, here.id)
        return self._refused(file, draft, Reason.EDITED_HERE, incident=here.id, kept=kept)

    def _write(self, key: _record.Key, here: Here) -> None:
        self.here[key] = here
        self.writes[here.path] = here.text

    def _refused(
        self,
        file: ReadFile,
        draft: Draft,
        reason: Reason,
        *,
        detail: str = "",
        incident: str = "",
        kept: tuple[str, ...] = (),
    ) -> Result:
        return _result(file, draft, Outcome.NOT_IMPORTED, incident, reason=reason, detail=detail, kept=kept)

    @property
    def counts(self) -> Counter[Outcome]:
        """How many records of the files had each outcome."""
        return Counter(result.outcome for result in self.results)


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """Return drafts in the order in which they are numbered: by start, then by the source's id."""
    return sorted(drafts, key=lambda draft: (values.instant(_record.started(draft)), draft.source_id, draft.index))


def highest_numbers(ids: Iterable[str]) -> dict[int, int]:
    """Return the highest number that each year has among ``ids``; other texts count for nothing."""
    found: dict[int, int] = {}
    for match in filter(None, map(_ID.match, ids)):
        year, number = int(match[1]), int(match[2])
        found[year] = max(number, found.get(year, 0))
    return found


def _best(drafts: Sequence[Draft]) -> dict[_record.Key | None, Draft]:
    """Return, of drafts of one incident, the one that was seen last; of those the first."""
    best: dict[_record.Key | None, Draft] = {}
    for draft in drafts:
        key = _record.key_of(draft.record["provenance"])
        other = best.get(key)
        if other is None or _record.is_older(other, draft.record):
            best[key] = draft
    return best


def _rejected(file: ReadFile, item: Rejected) -> Result:
    return Result(
        file.name, item.index, item.label, Outcome.NOT_IMPORTED, item.title, reason=item.reason, detail=item.detail
    )


def _result(file: ReadFile, draft: Draft, outcome: Outcome, incident: str, **more: Any) -> Result:
    return Result(
        file.name,
        draft.index,
        draft.source_id,
        outcome,
        draft.record["title"],
        incident,
        oddities=tuple(sorted(draft.oddities)),
        unresolved=Status(draft.record["status"]).is_open,
        **more,
    )


def all_ids(records: Iterable[tuple[str, object]], covered: Iterable[str]) -> Iterator[str]:
    """Yield every incident id that is taken: of records (path, data), of their files' names, and of post-mortems."""
    for path, value in records:
        yield path.rsplit("/", 1)[-1].removesuffix(".yml")
        if isinstance(value, Mapping) and isinstance(value.get("id"), str):
            yield value["id"]
    yield from covered
