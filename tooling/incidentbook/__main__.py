"""The process: one error boundary for every command."""

from __future__ import annotations

import gc
import io
import os
import sys

from incidentbook import __version__, errors

_COLLECT_EVERY = 200_000  # objects: importing alone makes tens of thousands


def main() -> None:
    """Run the command line and leave with the exit status that the house has settled for every outcome."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter still shows the rest
    gc.set_threshold(_COLLECT_EVERY)
    try:
        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(errors.INTERRUPTED)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line on ``arguments`` (those of the process by default) and return its exit status."""
    if (sys.argv[1:] if arguments is None else arguments) in (["--version"], ["-V"]):
        print(f"incidentbook {__version__}")  # noqa: T201 - hooks and installers ask often: not a module more than that takes
        return errors.CLEAN
    import click  # noqa: PLC0415 - keeps `import incidentbook.__main__` free

    from incidentbook.cli import root  # noqa: PLC0415

    output = sys.stdout
    try:
        status = root.main(arguments, prog_name="inc", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return errors.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return errors.USAGE
    except errors.IncidentbookError as error:
        _say(f"error: {error}", error.hint)
        return error.exit_status
    except (BrokenPipeError, SystemExit) as error:
        if not _reader_has_gone(error) and sys.stdout is output:
            raise
        _close_output()
        return errors.CLEAN
    except OSError as error:
        _say(f"error: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        return errors.USAGE
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback reaches a user
        return _bug(error)
    return status if isinstance(status, int) else errors.CLEAN


def _reader_has_gone(error: BaseException) -> bool:
    """Whether ``inc list | head`` ended it: rich turns that into an exit of its own, and click puts another stdout in place."""
    return isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError)


def _say(message: str, hint: str = "") -> None:
    print(message, file=sys.stderr)  # noqa: T201
    if hint:
        print(f"  {hint}", file=sys.stderr)  # noqa: T201


def _close_output() -> None:
    """Point standard output at nothing, so that the interpreter's own flush at exit stays silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(error: Exception) -> int:
    """Say that it is our fault, and keep the traceback in a file for the report."""
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    if os.environ.get("INC_DEBUG"):
        traceback.print_exc()
        return errors.BUG
    with tempfile.NamedTemporaryFile("w", prefix="incidentbook-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exc(file=log)
    _say(
        f"This is a bug in incidentbook, not in your files: {type(error).__name__}: {error}",
        f"Please report it with {log.name}; INC_DEBUG=1 shows the traceback here.",
    )
    return errors.BUG


if __name__ == "__main__":
    main()
