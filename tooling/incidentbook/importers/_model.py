"""What an importer hands over, and the closed vocabularies of its report. No I/O."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from incidentbook.frozen import frozen


class Oddity(enum.StrEnum):
    """Something that the source has wrong or leaves open. It is reported and kept as it was, never mended."""

    ZERO_DURATION = "zero-duration"
    ENDS_BEFORE_START = "ends-before-start"
    START_AFTER_CREATION = "start-after-creation"
    START_NOT_STATED = "start-not-stated"
    NO_TITLE = "no-title"
    UNREADABLE_TIME = "unreadable-time"
    UNKNOWN_STATUS = "unknown-status"
    UNKNOWN_IMPACT = "unknown-impact"
    STATUS_DISAGREES = "status-disagrees"
    RESOLVED_WITHOUT_TIME = "resolved-without-time"
    NO_UPDATES = "no-updates"
    UNEXPECTED_SHAPE = "unexpected-shape"
    UPDATE_WITHOUT_TIME = "update-without-time"
    UPDATE_WITHOUT_ID = "update-without-id"
    UPDATE_ID_TWICE = "update-id-twice"
    EMPTY_TEXT = "empty-text"
    HTML_IN_TEXT = "html-in-text"
    ANSWER_UNREADABLE = "answer-unreadable"
    SECTION_TWICE = "section-twice"
    TEXT_OUTSIDE_SECTIONS = "text-outside-sections"

    @property
    def says(self) -> str:
        """What is odd, in a few words."""
        return _ODDITIES[self]


_ODDITIES = {
    Oddity.ZERO_DURATION: "starts and ends at the same instant",
    Oddity.ENDS_BEFORE_START: "is resolved before it starts",
    Oddity.START_AFTER_CREATION: "starts after it was reported",
    Oddity.START_NOT_STATED: "states no start; the report's time stands in, confidence unknown",
    Oddity.NO_TITLE: "has no title; the source's id stands in",
    Oddity.UNREADABLE_TIME: "a time has no offset, or is none",
    Oddity.UNKNOWN_STATUS: "has a status that is not one of the source's own",
    Oddity.UNKNOWN_IMPACT: "has an impact that is not one of the source's own",
    Oddity.STATUS_DISAGREES: "the latest update has another status than the incident",
    Oddity.RESOLVED_WITHOUT_TIME: "is resolved, but nothing says when",
    Oddity.NO_UPDATES: "has no update",
    Oddity.UNEXPECTED_SHAPE: "a part has another shape than the format's",
    Oddity.UPDATE_WITHOUT_TIME: "an update has no readable time",
    Oddity.UPDATE_WITHOUT_ID: "an update has no id; one is made from its content",
    Oddity.UPDATE_ID_TWICE: "two updates have the same id",
    Oddity.EMPTY_TEXT: "an update has no text",
    Oddity.HTML_IN_TEXT: "an update's text holds HTML",
    Oddity.ANSWER_UNREADABLE: "an answer is none of those that its field takes; the notes say which",
    Oddity.SECTION_TWICE: "a section stands there twice; the second is text of the one above it",
    Oddity.TEXT_OUTSIDE_SECTIONS: "some text answers no field of the form",
}


class Reason(enum.StrEnum):
    """Why a record was not imported. There is no "other": a new case gets a name of its own."""

    SCHEDULED_MAINTENANCE = "scheduled-maintenance"
    DUPLICATE_IN_FILE = "duplicate-in-file"
    OLDER_THAN_HERE = "older-than-here"
    EDITED_HERE = "edited-here"
    PULL_REQUEST = "pull-request"
    NOT_AN_OBJECT = "not-an-object"
    NO_ID = "no-id"
    NO_START_TIME = "no-start-time"
    BREAKS_SCHEMA = "breaks-schema"

    @property
    def says(self) -> str:
        """The reason in a few words."""
        return _REASONS[self]

    @property
    def is_fault(self) -> bool:
        """Whether the record could not be imported, as against one that was set aside on purpose."""
        return self in (Reason.NOT_AN_OBJECT, Reason.NO_ID, Reason.NO_START_TIME, Reason.BREAKS_SCHEMA)


_REASONS = {
    Reason.SCHEDULED_MAINTENANCE: "planned work, not an incident",
    Reason.DUPLICATE_IN_FILE: "the same id stands in the file again, no older than this",
    Reason.OLDER_THAN_HERE: "what is here was seen later than this file",
    Reason.EDITED_HERE: "was edited here; the edits are kept and nothing is new",
    Reason.PULL_REQUEST: "is a pull request, not an issue",
    Reason.NOT_AN_OBJECT: "is not an object",
    Reason.NO_ID: "has no id, so it could not be known again",
    Reason.NO_START_TIME: "states no readable time at which it started or was reported",
    Reason.BREAKS_SCHEMA: "would not be a valid record",
}


class Outcome(enum.StrEnum):
    """What became of one record of a file. Every record has exactly one."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    NOT_IMPORTED = "not-imported"


@frozen
class ServiceRef:
    """A service as the source calls it."""

    name: str
    id: str = ""


@frozen
class Draft:
    """One incident as a source tells it, before it has an id here.

    Attributes:
        index: its place in the file, from 0.
        source_id: what the source calls it.
        record: the fields of the incident record, without ``id`` and ``services``; ``provenance`` without ``digest``. Its
            ``source``, ``id`` and page (``original.page_id``, else ``page``) are what it is known by at the next import.
        services: the services that the source names, in its order.
        oddities: what is wrong with it.

    """

    index: int
    source_id: str
    record: Mapping[str, Any]
    services: tuple[ServiceRef, ...] = ()
    oddities: frozenset[Oddity] = frozenset()


@frozen
class Rejected:
    """A record of the file that makes no draft."""

    index: int
    label: str
    reason: Reason
    title: str = ""
    detail: str = ""


@frozen
class Parsed:
    """What a file holds.

    Attributes:
        page: the name of the page or provider, for people.
        url: its address; may be empty.
        notes: sentences about what stands in the file beside its records and was not read.

    """

    drafts: tuple[Draft, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    page: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()


@frozen
class Result:
    """One line of the report: what became of one record.

    Attributes:
        file: the file that it stands in, as it was named.
        index: its place there, from 0.
        label: the source's id, or ``#3`` for the third record where it has none.
        incident: the id here; empty for a record that is not here.
        kept: fields in which the record here differs from the source, and stays, because it was edited here.
        added: how many entries were added to a record that was edited here.
        unresolved: whether it was unresolved when the source was last seen.

    """

    file: str
    index: int
    label: str
    outcome: Outcome
    title: str = ""
    incident: str = ""
    reason: Reason | None = None
    detail: str = ""
    oddities: tuple[Oddity, ...] = ()
    kept: tuple[str, ...] = ()
    added: int = 0
    unresolved: bool = False


@frozen
class ReadFile:
    """A file that was read: its name, what it holds, and what was odd about the file itself."""

    name: str
    parsed: Parsed
    notes: tuple[str, ...] = field(default=())

    @property
    def records(self) -> int:
        """How many records stand in it."""
        return len(self.parsed.drafts) + len(self.parsed.rejected)
