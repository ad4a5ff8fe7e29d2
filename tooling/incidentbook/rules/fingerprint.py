"""What all results of a check depend on beside the files: the tool, its rules, and the policies. Told from the outside.

Nothing is imported for it: a run that finds everything as it was is over before a rule would have been loaded.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from incidentbook import __version__, resources
from incidentbook.rules.context import Context

_PLUGINS = b"incidentbook.rules"


def of(context: Context, select: Collection[str] = (), ignore: Collection[str] = ()) -> str:
    """Return a text that is another one whenever every result may be."""
    policies = {entry.path: (entry.document.text and entry.digest) for entry in context.policies.values()}
    return json.dumps(
        {
            "tool": [__version__, sys.version, *_sources(resources.package_dir()), *_sources(resources.schemas_dir())],
            "plugins": [*_plugins()],
            "rules": [sorted(select), sorted(ignore)],
            "policies": policies,
            "depth": context.depth,
        }
    )


def _sources(folder: Path) -> Iterator[str]:
    """Yield name, size and time of every source file below ``folder``: who works on a rule wants to see it at work."""
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".json")):
                yield _stamp(os.path.join(base, name))  # noqa: PTH118 - in every run, for hundreds of files


def _plugins() -> Iterator[str]:
    """Yield the installed distributions that bring rules along, with the state of all their modules."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = sorted(path.name for path in Path(folder or ".").iterdir() if path.name.endswith(".dist-info"))
        except OSError:
            continue
        for name in names:
            declared = Path(folder, name, "entry_points.txt")
            try:
                if _PLUGINS in declared.read_bytes():
                    yield _stamp(str(declared))
                    yield from _foreign_modules()
            except OSError:
                continue


def _foreign_modules() -> Iterator[str]:
    import inspect  # noqa: PLC0415 - only where somebody else's rules are installed

    from incidentbook.rules import discover  # noqa: PLC0415 - likewise

    functions = [function for rule in discover() for function in (rule.check, rule.finalize) if function is not None]
    yield from map(_stamp, sorted({inspect.getsourcefile(function) or "" for function in functions}))


def _stamp(path: str) -> str:
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return f"{path} gone"
    return f"{path} {found.st_size} {found.st_mtime_ns}"
