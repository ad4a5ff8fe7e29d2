"""A new, empty knowledge base: which files it has (pure), what of them is there already, and writing them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from incidentbook import resources
from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.writer import write_text
from incidentbook.yaml12 import dump_flow

MAY_STAY = ("README.md", ".gitignore", ".gitattributes")
_DOT = "dot_"
_WORD = re.compile(r"__(?:NAME|TIME_ZONE|DATE)__")


@frozen
class Made:
    """What was done: files by their path from the new root, sorted.

    Attributes:
        written: files that are new.
        kept: files that were there and that a knowledge base can do with as they are.

    """

    written: tuple[str, ...]
    kept: tuple[str, ...]


def plan(templates: Mapping[str, str], *, name: str, time_zone: str, today: dt.date) -> dict[str, str]:
    """Return every file of a new knowledge base: path from its root to text, sorted by path.

    A template's `__NAME__`, `__TIME_ZONE__` and `__DATE__` are filled in, as YAML in a YAML file; `dot_` at the start of a file's
    name stands for a dot, so that no template is a hidden file or works on this repository.
    """
    words = {"__NAME__": name, "__TIME_ZONE__": time_zone, "__DATE__": today.isoformat()}
    # a date needs no quotes: YAML 1.2 reads it as the text that it is
    quoted = {word: value if word == "__DATE__" else dump_flow(value) for word, value in words.items()}
    files = {}
    for path, text in templates.items():
        folder, _, stem = path.rpartition("/")
        stem = f".{stem.removeprefix(_DOT)}" if stem.startswith(_DOT) else stem
        used = quoted if stem.endswith((".yml", ".yaml")) else words
        files[f"{folder}/{stem}" if folder else stem] = _filled(text, used)
    return dict(sorted(files.items()))


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: words[match[0]], text)


def templates() -> dict[str, str]:
    """Return the templates that ship with the package and the schemas, which editors then find without a network."""
    root = resources.templates_dir()
    found = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in _files(root)}
    schemas = [resources.schemas_dir() / f"{name}.schema.json" for name in resources.schema_names()]
    return found | {f"schemas/{path.name}": path.read_text(encoding="utf-8") for path in schemas}


def _files(root: Path) -> Iterable[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def make(directory: Path, files: Mapping[str, str]) -> Made:
    """Write ``files`` into ``directory``, which is made where it does not exist.

    A README.md, .gitignore or .gitattributes that is there stays as it is. Anything else that is in the way stops it before
    the first write.

    Raises:
        IncidentbookError: a file is in the way; the message names each.
        OSError: the disk refuses.

    """
    there = [path for path in files if _is_there(directory, path)]
    in_the_way = [path for path in there if path not in MAY_STAY]
    if in_the_way:
        shown = ", ".join(in_the_way[:8]) + (f" and {len(in_the_way) - 8} more" if len(in_the_way) > 8 else "")  # noqa: PLR2004 - a line's worth
        raise IncidentbookError(
            f"{directory} already has what a new knowledge base would bring: {shown}",
            hint="Nothing was written. Take an empty folder, or move those files away first.",
        )
    for path, text in files.items():
        if path not in there:
            write_text(directory / path, text)
    return Made(tuple(path for path in files if path not in there), tuple(there))


def _is_there(directory: Path, path: str) -> bool:
    """Whether a file stands at ``path``, or something that is no folder stands where one of its folders would be."""
    target = directory / path
    folders = [folder for folder in target.parents if folder != directory and folder.is_relative_to(directory)]
    return target.exists() or target.is_symlink() or any(f.exists() and not f.is_dir() for f in folders)
