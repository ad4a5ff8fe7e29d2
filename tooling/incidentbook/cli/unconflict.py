"""``inc unconflict``: mend files that hold conflict markers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from incidentbook import errors, git_command
from incidentbook.cli import _context

_NO_TEXT = "\ufffd"  # in place of a byte that is no UTF-8
EPILOG = """\b
Examples:
  inc unconflict incidents/2025/INC-2025-001.yml
  inc unconflict --add incidents/2025/*.yml postmortems/2025/*.md
  git diff --name-only --diff-filter=U | xargs inc unconflict --add

Exit status 1: in a file, something is left that only people can decide.
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--add", is_flag=True, help="Tell Git that it is settled (git add), where nothing is left.")
@_context.json_option
def command(files: tuple[Path, ...], *, add: bool, as_json: bool) -> int:
    """Merge both sides of a file that Git left with conflict markers, by what they say."""
    results = [_mend(path, add=add) for path in files]
    if as_json:
        _context.print_json(results)
    else:
        for result in results:
            click.echo(f"{result['path']}: {result['said']}")
            for field in result["left"]:
                click.echo(f"  both sides changed {field}")
    return errors.FINDINGS if any(result["left"] or not result["read"] for result in results) else errors.CLEAN


def _mend(path: Path, *, add: bool) -> dict[str, Any]:
    """Mend one file and return what to tell of it."""
    from incidentbook.merge import UnweavableError, by_lines, conflicted  # noqa: PLC0415 - `--help` needs none of it
    from incidentbook.writer import write_text  # noqa: PLC0415 - as above

    if not path.is_file():
        raise errors.NotFoundError(f"There is no file {path}", hint="Paths start at the current folder, with -C too.")
    told: dict[str, Any] = {"path": str(path), "read": True, "left": [], "added": False}
    try:
        text = path.read_bytes().decode("utf-8")
        before = conflicted.sides(text).conflicts
        merged = conflicted.mend(text, _base(path), by_lines.merge_text, markdown=path.suffix == ".md")
    except UnicodeDecodeError:
        return told | {"read": False, "said": "left as it is: it is not UTF-8"}
    except (UnweavableError, by_lines.NoTextError, RecursionError) as error:
        return told | {"read": False, "said": f"left as it is: {error}"}
    said = f"{before} conflict{'s' if before > 1 else ''} merged" if before else "holds no conflict"
    if before:
        write_text(path, merged.text)
    if merged.conflicts:
        return told | {"left": list(merged.conflicts), "said": f"{said} as far as that goes; left:"}
    added = add and _added(path)
    return told | {"added": added, "said": f"{said}{', and added' if added else ''}"}


def _base(path: Path) -> str | None:
    """Return what both sides were made of, where Git is in the midst of merging the file; None where it does not know."""
    done = git_command.run(path.resolve().parent, "show", f":1:./{path.name}")
    return done.out if done.status == 0 and _NO_TEXT not in done.out else None


def _added(path: Path) -> bool:
    """Tell Git that the file is settled, where it waits for that."""
    folder = path.resolve().parent
    if not git_command.run(folder, "ls-files", "--unmerged", "--", path.name).out:
        return False
    done = git_command.run(folder, "add", "--", path.name)
    if done.status:
        raise errors.IncidentbookError(f"Git did not take {path}: {done.why}")
    return True
