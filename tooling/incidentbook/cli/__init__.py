"""The command line: one command a file, found by its name and imported when it is called."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from incidentbook import __version__, errors

INCOMPLETE = "incidentbook.incomplete"  # in a context's meta: a file could not be read and was left out
EPILOG = """\b
Examples:
  inc init ops                 a new, empty knowledge base in ./ops
  inc check                    every record, post-mortem, playbook and policy
  inc metrics --period 30d     what the last 30 days look like
  inc show INC-2025-001        one incident, whole
  inc actions overdue --fail   red when a promise is late
"""


_FOLDER = Path(__file__).parent
_SENTENCE = 200  # characters: a first sentence is shown whole, and wrapped
SECTIONS = {
    "While it burns": "start ack log status assign handoff call oncall severity impact classify hypothesis remedy link "
    "disclose comms",
    "Where it stands": "current identify mitigate monitor resolve close reopen cancel merge-into undo",
    "Afterwards": "show history report list similar postmortem draft actions overdue metrics policy pr-summary maturity "
    "recommend",
    "The knowledge base": "init check rule import site",
    "Many clones": "sync install unconflict renumber git-merge",
}


class Commands(click.Group):
    """Every module of this package whose name has no leading underscore holds one ``command``."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for; one that no section names comes last."""
        left = self.list_commands(ctx)
        for title, named in (*SECTIONS.items(), ("More", " ".join(left))):
            names = [name for name in named.split() if name in left]
            left = [name for name in left if name not in names]
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [
                (name, found.get_short_help_str(_SENTENCE)) for name, found in commands if found and not found.hidden
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - signature of the base class
        """Return the names of all commands, sorted."""
        modules = (path.stem for path in _FOLDER.glob("[a-z]*.py"))
        return sorted(name.strip("_").replace("_", "-") for name in modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        """Import and return one command; None where there is no such module."""
        stem = cmd_name.replace("-", "_")
        name = f"{stem}_" if stem == "import" else stem
        if not (cmd_name.replace("-", "").isalnum() and (_FOLDER / f"{name}.py").is_file()):
            return None
        command: click.Command = importlib.import_module(f"incidentbook.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a name that does not exist is met with the closest one that does."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib  # noqa: PLC0415

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), 1) if args else []
            if not close:
                raise
            raise click.UsageError(f"{error.message} Did you mean {close[0]!r}?", ctx) from error


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Work on the knowledge base in DIRECTORY (default: the closest one at or above the current folder).",
)
@click.version_option(__version__, "-V", "--version", prog_name="incidentbook", message="%(prog)s %(version)s")
@click.pass_context
def root(ctx: click.Context, root: Path) -> None:
    """Incident records, post-mortems and playbooks in one Git repository."""
    ctx.obj = root


@root.result_callback()
def status(result: object, **_: object) -> int:
    """Return the exit status: 1 where a command that ran to its end had to leave out a file that cannot be read."""
    if isinstance(result, int) and result:
        return result
    return errors.FINDINGS if click.get_current_context().meta.get(INCOMPLETE) else errors.CLEAN
