"""A stand-in for GitHub's `gh`: issues, labels and pull requests in a file, of the commands and options that our scripts use.

It knows no other option and no other expression of ``--jq``, so a slip of the pen in a script fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    top = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    what = top.add_subparsers(dest="what", required=True)
    for name, commands in COMMANDS.items():
        verbs = what.add_parser(name, allow_abbrev=False).add_subparsers(dest="verb", required=True)
        for verb, words in commands.items():
            one = verbs.add_parser(verb, allow_abbrev=False)
            for word in words.split():
                one.add_argument(word, **({"action": "store_true"} if word == "--force" else {}))
    api = what.add_parser("api", allow_abbrev=False)
    api.add_argument("--silent", action="store_true")
    for word in ("--method", "path", "--field"):
        api.add_argument(word)
    return top


LISTS = {
    "issue": ("label", ("number", ".[].number")),
    "pr": ("head", ("number,isCrossRepository", ".[] | select(.isCrossRepository | not) | .number")),
}
COMMANDS = {
    "issue": {
        "list": "--state --label --limit --json --jq",
        "view": "number --json --jq",
        "create": "--title --label --body-file",
        "close": "number --comment",
    },
    "label": {"create": "name --force --color --description"},
    "pr": {
        "list": "--state --head --json --jq",
        "create": "--head --title --body-file",
    },
}


def patch(asked: argparse.Namespace, state: dict[str, Any]) -> None:
    """Give an issue or a pull request another text, as the REST interface does."""
    found = re.fullmatch(r"repos/\{owner\}/\{repo\}/(issue|pull)s/(\d+)", asked.path)
    field, _, file = asked.field.partition("=@")
    assert found, asked.path
    assert (asked.method, field) == ("PATCH", "body")
    one = state[{"issue": "issue", "pull": "pr"}[found[1]]][int(found[2]) - 1]
    one["body"] = Path(file).read_text(encoding="utf-8")
    one["edits"] += 1


def run(asked: argparse.Namespace, state: dict[str, Any]) -> Iterator[str]:
    """Do what is asked; yield lines of output."""
    if asked.what == "api":
        patch(asked, state)
        return
    things = state.setdefault(asked.what, [])
    match asked.what, asked.verb:
        case "label", "create":
            state["label"] = sorted({*things, asked.name})
        case _, "create":
            body = Path(asked.body_file).read_text(encoding="utf-8")
            label = getattr(asked, "label", None)
            if label and label not in state.get("label", []):
                sys.exit(f"could not add label: {label!r} not found")
            made = {"title": asked.title, "label": label, "head": getattr(asked, "head", None), "body": body}
            things.append({"number": len(things) + 1, "state": "open", "edits": 0, "comments": [], **made})
            yield f"https://github.example/{asked.what}/{len(things)}"
        case _, "list":
            by, query = LISTS[asked.what]
            found = [one for one in things if one["state"] == asked.state and one[by] == getattr(asked, by)]
            assert (asked.json, asked.jq) == query
            yield from (str(one["number"]) for one in reversed(found) if not one.get("fork"))
        case _, "view":
            assert (asked.json, asked.jq) == ("body", ".body")
            yield things[int(asked.number) - 1]["body"]
        case _:
            one = things[int(asked.number) - 1]
            one["state"] = "closed"
            one["comments"].append(asked.comment)


def put(folder: Path) -> Path:
    """Put it as `gh` into a new folder for the PATH; return the file that its state is in."""
    program = folder / "gh"
    folder.mkdir()
    program.write_text(f"#!{sys.executable}\n{Path(__file__).read_text(encoding='utf-8')}", encoding="utf-8")
    program.chmod(0o755)
    state = folder / "state.json"
    state.write_text("{}", encoding="utf-8")
    return state


if __name__ == "__main__":
    held = Path(os.environ["GH_STATE"])
    assert os.environ.get("GH_TOKEN"), "gh is not signed in"
    now = json.loads(held.read_text(encoding="utf-8"))
    if sys.argv[1:3] == now.get("down"):
        sys.exit("HTTP 502: Bad Gateway")
    for line in run(parser().parse_args(), now):
        print(line)  # noqa: T201 - its output
    held.write_text(json.dumps(now, indent=2), encoding="utf-8")
