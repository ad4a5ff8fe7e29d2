"""What a pull request says that proposes what came back from issues, and what becomes of it. It is kept, never doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from incidentbook.github.branch import BRANCH, SUBJECT, Branch
from incidentbook.github.pulls import Pull, Pulls
from incidentbook.github.text import plain, quiet
from incidentbook.outputs import actions_sync

_ROWS = 100  # a body holds 65,536 characters
_LINE = 300


def body(items: Sequence[actions_sync.Item], repository: str) -> str:
    """Return what the pull request says of ``items``, whose issues are those of ``repository``."""
    taken = [item for item in items if item["recorded"]]
    rows = [
        f"- **{item['id']}** {item['issue']}: {quiet('; '.join(item['recorded'])[:_LINE])}" for item in taken[:_ROWS]
    ]
    more = [f"- and {len(taken) - _ROWS} more"] if len(taken) > _ROWS else []
    says = (
        f"`inc actions sync` proposes what the issues of {repository} say by now. Merge it to accept it. To refuse it, change"
        " the issue: it is proposed again until both say the same. This text is written anew with each change."
    )
    return "\n".join([says, "", *rows, *more])


def keep(
    pulls: Pulls, branch: Branch, main: str, texts: Mapping[str, str], said: str
) -> actions_sync.PullRequest | None:
    """Make the one pull request propose ``texts`` by their paths, and return what was done; None where there is none to keep.

    Args:
        pulls: where it is.
        branch: what it is of.
        main: the branch that it is to be merged into.
        texts: what files are to say; empty closes it, unless others have committed to it.
        said: what it says.

    Raises:
        StoppedError: GitHub or the remote cannot go on, or others have committed to the branch.
        RefusedError: GitHub does not take it.
        UnansweredError: nobody knows whether it was opened.

    """
    found = pulls.of(BRANCH)
    if not texts:
        if found is None or not branch.untouched():
            return None if found is None else _told(found, "left alone")
        pulls.edit(found.number, state="closed")
        return _told(found, "closed")
    pushed = branch.put(texts, kept=found is not None)
    if found is None:
        return _told(pulls.open(BRANCH, main, SUBJECT, said), "opened")
    if plain(found.body).strip() != said:
        pulls.edit(found.number, body=said)
        pushed = True
    return _told(found, "refreshed" if pushed else "as it was")


def _told(pull: Pull, what: str) -> actions_sync.PullRequest:
    return {"number": pull.number, "url": pull.url, "what": what}
