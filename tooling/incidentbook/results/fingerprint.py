"""What all results of a check depend on beside the records: the tool, its rules, and the policies. Told from the outside."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from incidentbook import __version__, files, resources

_PLUGINS = b"incidentbook.rules"


def policies(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the digest of every policy among ``paths``, the files of the knowledge base at ``root``."""
    return {path: files.digest_of(root, path) for path in paths if path.startswith("policy/")}


def of(
    root: Path,
    digests: Mapping[str, str],
    rules: tuple[Collection[str], Collection[str]],
    plugins: Callable[[], Iterable[str]],
) -> str:
    """Return a text that is another one whenever every result may be.

    Args:
        root: the folder of the knowledge base.
        digests: what `policies` returns for its files.
        rules: what was said to choose rules and to leave rules out.
        plugins: returns the source files of the rules of others; called only where an installed package brings some along.

    """
    packages = [*_packages()]
    declared = [*_declared(packages)]
    return json.dumps(
        {
            "tool": [
                __version__,
                sys.version,
                *resources.sources(resources.package_dir()),
                *resources.sources(resources.schemas_dir()),
            ],
            "packages": files.digest(json.dumps(packages).encode()),
            "plugins": [*declared, *map(resources.state, plugins() if declared else ())],
            "rules": [*map(sorted, rules)],
            "policies": digests,
            "depth": files.depth(root),
        }
    )


def _packages() -> Iterator[str]:
    """Yield the folders that tell of installed packages; their names hold the versions."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = sorted(entry.name for entry in os.scandir(folder or ".") if entry.name.endswith(".dist-info"))
        except OSError:
            continue
        yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118 - as above


def _declared(packages: Iterable[str]) -> Iterator[str]:
    """Yield what installed packages say of the rules that they bring along."""
    for package in packages:
        declared = os.path.join(package, "entry_points.txt")  # noqa: PTH118 - as above
        try:
            with open(declared, "rb") as file:  # noqa: PTH123 - as above
                if _PLUGINS in file.read():
                    yield resources.state(declared)
        except OSError:
            continue
