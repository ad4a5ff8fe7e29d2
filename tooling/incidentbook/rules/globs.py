"""Which files a pattern of policy means: the patterns of ``.gitignore``, from the root of the knowledge base."""

from __future__ import annotations

import functools
from collections.abc import Callable


@functools.cache
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return whether a path (relative to the root, with forward slashes) is matched by one of ``patterns``.

    ``*`` stands for anything within a name, ``**`` for any folders; a folder means all that is in it; a pattern without a slash
    before its end means a name in any folder. A pattern that cannot be read matches nothing.
    """
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only policies with patterns need it

    specs = []
    for pattern in patterns:
        try:
            specs.append(GitIgnoreSpec.from_lines([pattern]))
        except ValueError:
            continue
    return lambda path: any(spec.match_file(path) for spec in specs)
