"""The knowledge base's Git history, as far as figures and reports name it."""

from __future__ import annotations

from pathlib import Path

from incidentbook import files, git_command


def short_name(root: Path, commit: str) -> str:
    """Return a commit as Git shortens it, which is how figures name it; as it is where Git refuses."""
    told = git_command.run(root, "rev-parse", "--short", commit)
    return commit if told.status else told.out.strip()


def commit_label(root: Path) -> str:
    """Return what the files were read from: the short commit, with ``+changes`` where the tree differs from it.

    Empty where ``root`` is not in a Git repository, there is no commit yet, or Git is missing or refuses.
    """
    head = git_command.run(root, "rev-parse", "--verify", "--quiet", "--short", "HEAD")
    if head.status:
        return ""
    folders = [name for name in files.FOLDERS if (root / name).exists()]
    changed = git_command.run(root, "status", "--porcelain", "--", *folders) if folders else head._replace(out="")
    return "" if changed.status else f"{head.out.strip()}{'+changes' if changed.out else ''}"
