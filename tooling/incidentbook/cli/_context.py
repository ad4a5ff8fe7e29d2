"""What commands share: options, finding and loading the knowledge base, "now", consoles, and writing results."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from incidentbook import files
from incidentbook.cli import INCOMPLETE
from incidentbook.errors import NotFoundError
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from incidentbook.repository import Repository

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_NAMED = 5


def as_of_option(function: F) -> F:
    """Add ``--as-of``, the "now" of a command."""
    text = 'Take this as "now": a date (the end of that day in the knowledge base\'s zone) or an RFC 3339 time.'
    return click.option("--as-of", metavar="DATE", default=None, help=text)(function)


class JsonOption(click.Option):
    """``--json``; ``schema`` is the name of the published schema that is kept to, empty where there is none."""

    def __init__(self, *names: Any, schema: str, **more: Any) -> None:
        """Begin."""
        super().__init__(*names, **more)
        self.schema = schema


def json_option(function: F) -> F:
    """Add ``--json`` of an output that has no published schema."""
    return json_by("")(function)


def json_by(schema: str) -> Callable[[F], F]:
    """Add ``--json`` of an output that keeps to the published schema called ``schema`` (``history-output``)."""
    text = f"Print JSON for programs{f', by the schema {schema}' if schema else ''}."
    return click.option("--json", "as_json", is_flag=True, cls=JsonOption, schema=schema, help=text)


def audience_option(text: str) -> Callable[[F], F]:
    """Add ``--audience``, whose help is ``text``; without it all is shown."""
    levels = [level.value for level in Disclosure]
    return click.option(
        "--audience", type=click.Choice(levels), default=Disclosure.RESTRICTED.value, show_default=True, help=text
    )


def one_of(option: str, values: Sequence[str], text: str, *, name: str = "", **more: Any) -> Callable[[F], F]:
    """Add an option that takes one of many ``values``, which its help names, so that they fit the width of a terminal."""
    names = (option, name) if name else (option,)
    said = f"{text}: {', '.join(values)}."
    return click.option(*names, type=click.Choice(values), metavar=option.strip("-").upper(), help=said, **more)


def root_of(ctx: click.Context) -> Path:
    """Return the root of the knowledge base that the command works on. Raises NotAKnowledgeBaseError, NotFoundError."""
    start: Path = ctx.find_root().obj
    if not start.exists():
        raise NotFoundError(f"There is no folder {start}")
    return files.find_root(start)


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Keep the cycle collector out: a knowledge base is a heap without cycles, and walking it again and again takes a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load(ctx: click.Context) -> Repository:
    """Load the knowledge base that the command works on, with a progress bar where it takes a while on a terminal.

    What cannot be read is named on standard error, and the command leaves with 1: what it says is not the whole.
    """
    from incidentbook import repository  # noqa: PLC0415 - a check that finds all as it was needs no record

    with no_collection():
        repo = repository.load(root_of(ctx), progress)
    told_unreadable(ctx, repo)
    return repo


def told_unreadable(ctx: click.Context, repo: Repository) -> None:
    """Name on standard error what cannot be read, once, so that the command leaves with 1."""
    lost = [] if ctx.meta.get(INCOMPLETE) else repo.unreadable
    for entry in lost[:_NAMED]:
        instead = "its defaults stand in" if entry.path.startswith("policy/") else "it is left out"
        click.echo(f"warning: {entry.path} cannot be read, so {instead}; `inc check` says why", err=True)
    if len(lost) > _NAMED:
        click.echo(f"warning: {len(lost) - _NAMED} more files cannot be read", err=True)
    if lost:
        ctx.meta[INCOMPLETE] = True


def progress(items: Iterable[T], total: int, label: str = "Reading") -> Iterator[T]:
    """Yield ``items``; on a terminal, show a bar once it has taken more than a second. Silent in a pipe."""
    if not sys.stderr.isatty() or total < 50:  # noqa: PLR2004 - fewer never take a second
        yield from items
        return
    import time  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    started = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, visible=False)
        for item in items:
            yield item
            bar.update(task, advance=1, visible=time.monotonic() - started > 1)


def now(repo: Repository, as_of: str | None) -> dt.datetime:
    """Return "now" by ``--as-of``, the policy or the clock. Raises click.BadParameter for an unreadable text."""
    return repo.now(asked(repo, as_of))


def asked(repo: Repository, as_of: str | None) -> dt.datetime | None:
    """Return the instant that ``--as-of`` names; None without it. Raises as `now` does."""
    return None if as_of is None else instant(repo, as_of, "--as-of")


def then(repo: Repository, as_of: str | None) -> tuple[Repository, dt.datetime]:
    """Return what was known by ``--as-of``, and "now"; without it all that is written. Raises as `now` does."""
    from incidentbook import hindsight  # noqa: PLC0415 - a command that is not asked for another "now" has no use for it

    return hindsight.asked(repo, asked(repo, as_of))


def instant(repo: Repository, text: str, option: str) -> dt.datetime:
    """Read a date (the end of that day) or a time with an offset."""
    from incidentbook.records.time import parse_instant  # noqa: PLC0415 - as above

    moment = parse_instant(text, repo.zone)
    if moment is None:
        raise click.BadParameter(
            f"{text!r} is neither a date (2025-01-31) nor a time with an offset (2025-01-31T14:00:00Z).",
            param_hint=option,
        )
    return moment


def known(given: Sequence[str], names: Collection[str], option: str) -> None:
    """Refuse a name that nothing here has: an empty answer to a slip of the pen would look like good news.

    Raises:
        click.BadParameter: with the closest name that exists.

    """
    for name in given:
        if name not in names:
            import difflib  # noqa: PLC0415 - only for a slip of the pen

            close = difflib.get_close_matches(name, names, 1)
            some = ", ".join(sorted(names)[:_NAMED]) + (", …" if len(names) > _NAMED else "")
            meant = f" Did you mean {close[0]!r}?" if close else f" There are: {some}." if names else ""
            raise click.BadParameter(f"There is no {name!r} here.{meant}", param_hint=option)


def console(*, stderr: bool = False) -> Console:
    """Return a console: colour only on a terminal (NO_COLOR and FORCE_COLOR are honoured), 80 columns in a pipe."""
    from rich.console import Console  # noqa: PLC0415 - JSON output does not need it

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 80
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False, markup=False, emoji=False)


def colour(*, terminal: bool) -> bool:
    """Whether to write in colour."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")


def print_json(value: object) -> None:
    """Print ``value`` as indented JSON."""
    click.echo(json_text(value), nl=False)


def json_text(value: object) -> str:
    """Return ``value`` as indented JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def print_output(name: str, value: Mapping[str, object]) -> None:
    """Print ``value``, which keeps to the published schema called ``name`` (``history-output``), and name that."""
    click.echo(output_text(name, value), nl=False)


def output_text(name: str, value: Mapping[str, object]) -> str:
    """Return ``value`` as JSON that names the schema called ``name``."""
    from incidentbook import outputs  # noqa: PLC0415 - JSON only

    return json_text({"schema": outputs.identity(name), **value})


def table(*columns: str, right: Sequence[str] = (), fold: str = "") -> Table:
    """Return a table without lines; columns named in ``right`` are flush right, the one called ``fold`` takes what is left."""
    from rich.table import Table  # noqa: PLC0415

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for label in columns:
        justify: Literal["right", "left"] = "right" if label in right else "left"
        made.add_column(label, justify=justify, overflow="fold", ratio=1 if label == fold else None)
    return made


def file_console() -> Console:
    """Return a console that records plain text for a file, 80 columns wide."""
    import io  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415

    return Console(file=io.StringIO(), record=True, width=80, highlight=False, no_color=True, markup=False, emoji=False)


def write_output(path: Path, content: str | bytes) -> None:
    """Write a result to a file, atomically, and say on standard error where it is."""
    from incidentbook.writer import write_bytes  # noqa: PLC0415

    if not path.parent.is_dir():
        raise NotFoundError(f"There is no folder {path.parent} to write {path.name} into")
    write_bytes(path, content if isinstance(content, bytes) else content.encode("utf-8"))
    click.echo(f"wrote {path}", err=True)
