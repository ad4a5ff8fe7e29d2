"""The knowledge base's Git history, read through GitPython, which is imported only when something asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import git


def commit_label(root: Path) -> str:
    """Return what the files were read from: the short commit, with ``+changes`` where the tree differs from it.

    Empty where ``root`` is not in a Git repository, there is no commit yet, or Git is missing or refuses.
    """
    try:
        import git  # noqa: PLC0415 - 84 ms that only a printed commit needs
    except ImportError:  # GitPython's way to say that there is no `git` to call
        return ""
    try:
        return _label(git.Repo(root, search_parent_directories=True), root)
    except (git.GitError, OSError, ValueError):
        return ""


def _label(repository: git.Repo, root: Path) -> str:
    with repository:
        if not repository.head.is_valid():
            return ""
        folders = [name for name in ("incidents", "postmortems", "playbooks", "policy") if (root / name).exists()]
        changed = repository.git.status("--porcelain", "--", *(str(root / name) for name in folders)) if folders else ""
        return f"{repository.git.rev_parse('--short', 'HEAD')}{'+changes' if changed else ''}"
