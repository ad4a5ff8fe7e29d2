"""Errors that reach a user as one sentence, and the exit statuses of every command."""

from __future__ import annotations

CLEAN, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


class IncidentbookError(Exception):
    """Something a user can act on: what happened, where, and what to do next.

    Attributes:
        exit_status: what the process ends with when nobody handles the error (2, wrong use).

    """

    exit_status = USAGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the sentence, and a hint that says what to do next."""
        super().__init__(message)
        self.hint = hint


class NotAKnowledgeBaseError(IncidentbookError):
    """No ``policy/knowledge-base.yml`` here or in any folder above."""


class NotFoundError(IncidentbookError):
    """A record, file or folder that was named does not exist."""


class UnreadableError(IncidentbookError):
    """The record that was asked for is there, and its file cannot be read: a finding, not wrong use."""

    exit_status = FINDINGS


class EditError(IncidentbookError):
    """A file cannot be edited as asked; nothing was written."""


class ImportFileError(IncidentbookError):
    """A file handed to an importer is not of the format that it reads."""


class LockedError(IncidentbookError):
    """Another process holds the knowledge base's write lock."""
