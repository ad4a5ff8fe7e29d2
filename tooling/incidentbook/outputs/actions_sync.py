"""What `inc actions sync --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Name


class Item(TypedDict):
    """An action item of which there was something to do or to say."""

    id: Annotated[str, "Its id."]
    issue: Annotated[str, "Its issue, as owner/repository#12; empty where it has none, or not yet."]
    url: Annotated[str, "The address of its issue; empty likewise."]
    sent: Annotated[Sequence[str], "What was sent to its issue, in words; with `--dry-run`, what would be."]
    recorded: Annotated[
        Sequence[str],
        "What was written into its post-mortem, or proposed with `--pull-request`, in words; with `--dry-run`, what would be.",
    ]
    conflicts: Annotated[Sequence[str], "What only people can settle: nothing of it was sent or written."]
    failed: Annotated[str, "Why something could not be sent or written; empty where nothing failed."]
    notes: Annotated[Sequence[str], "What is as it may be, and yet worth a word."]


class PullRequest(TypedDict):
    """The pull request that proposes what came back."""

    number: Annotated[int, "Its number."]
    url: Annotated[str, "Its address."]
    what: Annotated[
        str,
        "What was done with it; `left alone` where there is nothing to propose any more, and others have committed to it.",
        More(enum=["opened", "refreshed", "as it was", "closed", "left alone"]),
    ]


class Output(TypedDict):
    """What `inc actions sync --json` prints: what went to GitHub, and what came back."""

    knowledge_base: Name
    repository: Annotated[str, "The repository that has the issues."]
    audience: Annotated[str, "The level that was sent at most."]
    dry_run: Annotated[bool, "Whether nothing was sent or written."]
    items: Annotated[Sequence[Item], "In the order of the records; without those of which there is nothing to say."]
    pull_request: Annotated[
        PullRequest | None,
        "What proposes that, with `--pull-request`; null where there is none, or it could not be kept.",
    ]
    strangers: Annotated[Sequence[str], "Issues that say that they stand for an item that no record has."]
    stopped: Annotated[str, "Why the rest was not tried; empty where it came to its end. Running it again goes on."]
    left: Annotated[Sequence[str], "The ids of items of which something is still to be sent."]
