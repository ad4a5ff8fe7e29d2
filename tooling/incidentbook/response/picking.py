"""Which entry of a list a responder means: by its number as listed, by its id or the end of it, or by a part of its text."""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook.errors import IncidentbookError, NotFoundError

_SUFFIX = 4  # characters of an id that are enough where they are unique: the first ones are the time


def pick(entries: Sequence[tuple[str, str]], said: str, what: str, hint: str) -> int:
    """Return the index of the entry that is meant.

    Args:
        entries: id and text of each, in the order that they are listed in.
        said: what the command line names.
        what: such an entry (``hypothesis``), for errors.
        hint: what shows them all.

    Raises:
        NotFoundError: there is no such entry.
        IncidentbookError: there are several.

    """
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(entries):
        return int(said) - 1
    folded = said.casefold().strip()
    if not folded:
        raise NotFoundError(f"There is no {what} {said!r}", hint=hint)
    for fits in (
        [index for index, (name, text) in enumerate(entries) if folded in (name.casefold(), text.casefold())],
        [
            index
            for index, (name, _) in enumerate(entries)
            if len(folded) >= _SUFFIX and name.casefold().endswith(folded)
        ],
        [index for index, (_, text) in enumerate(entries) if folded in text.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            named = "; ".join(f"{index + 1} {entries[index][1]}" for index in fits)
            raise IncidentbookError(f"{said!r} fits more than one {what}: {named}", hint="Give its number.")
    raise NotFoundError(f"There is no {what} {said!r}", hint=hint)
