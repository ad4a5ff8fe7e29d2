"""Two states to compare: ``BASE..HEAD`` as a reader writes it, and where a branch left the main one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from incidentbook import git_command
from incidentbook.errors import NotFoundError

_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


class Ends(NamedTuple):
    """Two states: the text that names each commit (of HEAD empty for the working tree), and how BASE was found."""

    base: str
    head: str
    how: str


def ends(root: Path, text: str) -> Ends:
    """Return the states that ``text`` means.

    Args:
        root: the knowledge base.
        text: ``BASE`` (against the working tree), ``BASE..HEAD``, or ``BASE...HEAD`` (from where HEAD left BASE). A side that is
            left out is, for BASE, where the branch left the main one, and for HEAD the commit that is checked out.

    Raises:
        NotFoundError: there is no Git repository, no commit in it, or nothing that both sides of ``...`` come from.

    """
    first, dots, last = text.partition("...") if "..." in text else text.partition("..")
    head = (last or "HEAD") if dots else ""
    if not first:
        name, how = parting(root, head or "HEAD")
        return Ends(name, head, how)
    if dots == "...":
        return Ends(_common(root, first, head), head, f"where {head} left {first}")
    return Ends(first, head, first)


def parting(root: Path, head: str) -> tuple[str, str]:
    """Return the commit at which ``head`` left the main branch, and that in words; ``head`` itself where there is none.

    The main branch is the one that the remote calls so, else ``main`` or ``master``, of the remote first: what it lacks is what a
    push or a pull request would bring.
    """
    for name in _MAIN:
        found = git_command.run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if not found.status:
            shown = _shown(root, name)
            common = git_command.run(root, "merge-base", name, head)
            if common.status:  # unrelated, or a shallow clone: to compare with itself would look like no change
                return _common(root, name, head), f"where {head} left {shown}"
            return common.out.strip(), f"where {head} left {shown}"
    shallow = git_command.run(root, "rev-parse", "--is-shallow-repository")
    if shallow.out.strip() == "true":
        raise NotFoundError(
            "This clone is shallow and has no main branch to compare with",
            hint="`git fetch --unshallow` brings the past, or name BASE..HEAD.",
        )
    return head, f"{head}, as there is no main branch"


def _shown(root: Path, name: str) -> str:
    if name != "origin/HEAD":
        return name
    return git_command.run(root, "rev-parse", "--abbrev-ref", name).out.strip() or name


def _common(root: Path, first: str, last: str) -> str:
    found = git_command.run(root, "merge-base", "--end-of-options", first, last)
    if found.status or not found.out.strip():
        why = found.why if found.err.strip() else "nothing is common to both"
        raise NotFoundError(
            f"Git finds nothing that {first} and {last} both come from: {why}",
            hint="Name two commits of one repository; a shallow clone may lack what is common (`git fetch --unshallow`).",
        )
    return found.out.strip()
