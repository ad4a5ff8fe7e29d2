"""``inc actions sync --pull-request``: what came back as the one pull request that is kept for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from incidentbook.cli._actions_taken import Change
from incidentbook.frozen import frozen
from incidentbook.github import branch, proposal
from incidentbook.github.branch import Branch
from incidentbook.github.connection import Connection
from incidentbook.github.patience import RefusedError, StoppedError, UnansweredError
from incidentbook.github.pulls import Pulls
from incidentbook.github.run import Done
from incidentbook.github.step import Site
from incidentbook.outputs import actions_sync


@frozen
class Desk:
    """Where a proposal is made: the pull requests, the branch, and the branch that it is to be merged into."""

    pulls: Pulls
    branch: Branch
    main: str


def ready(connection: Connection, root: Path) -> Desk:
    """Return where a proposal can be made, before anything was sent.

    Raises:
        IncidentbookError: this is no clone that one can be made from.
        StoppedError: GitHub or the remote cannot go on, or what is checked out holds other work.

    """
    ground = branch.ground(root)
    pulls = Pulls(connection, ground.repository)
    main = pulls.look().branch
    made = Branch(ground, connection.host)
    made.meet(main)
    return Desk(pulls, made, main)


def propose(
    desk: Desk, change: Change, items: Sequence[actions_sync.Item], site: Site, done: Done
) -> actions_sync.PullRequest | None:
    """Propose ``change``, and return what became of the pull request; why it could not be kept stands in ``done`` then."""
    said = proposal.body(items, site.repository)
    try:
        return proposal.keep(desk.pulls, desk.branch, desk.main, change.texts, said)
    except StoppedError as error:
        done.stopped = done.stopped or error
    except (RefusedError, UnansweredError) as error:
        done.stopped = done.stopped or StoppedError(
            f"The pull request in {desk.pulls.repository} could not be kept: {error}",
            hint="Run it again: there is never a second.",
        )
    return None
