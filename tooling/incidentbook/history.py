"""The knowledge base's Git history, read through GitPython, which is imported only when something asks for it."""

from __future__ import annotations

from pathlib import Path


def commit_label(root: Path) -> str:
    """Return what the files were read from: the short commit, with ``+changes`` where the tree differs from it.

    Empty where ``root`` is not in a Git repository, or there is no commit yet.
    """
    import git  # noqa: PLC0415 - 84 ms that only a printed commit needs

    try:
        repository = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return ""
    with repository:
        if not repository.head.is_valid():
            return ""
        folders = [name for name in ("incidents", "postmortems", "playbooks", "policy") if (root / name).exists()]
        changed = repository.git.status("--porcelain", "--", *(str(root / name) for name in folders)) if folders else ""
        return f"{repository.git.rev_parse('--short', 'HEAD')}{'+changes' if changed else ''}"
