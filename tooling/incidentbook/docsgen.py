"""Reference pages from the code that they describe: ``python -m incidentbook.docsgen`` writes them, ``--check`` compares.

A rule's page and the index of all rules come from the rules' docstrings and constants, those of metrics, importers and
recommendations from their modules' docstrings. Nothing else knows how many there are. Only pages with the mark below are ever
written over or taken away.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from incidentbook import importers, metrics, recommendations, rules
from incidentbook.errors import CLEAN, FINDINGS, USAGE
from incidentbook.finding import Grade
from incidentbook.recommendations import Kind
from incidentbook.rules import Rule, documentation
from incidentbook.rules.words import listing
from incidentbook.writer import write_text

MENDS = "make docs"
MARK = "<!-- Generated from the code: `make docs` writes this page anew, and changes made here are lost. -->\n"
FOLDERS = ("rules", "reference")
_KINDS = {"incident": "incidents", "postmortem": "post-mortems", "playbook": "playbooks"}
_INDEX = f"""\
# Rules

{MARK}
What `inc check` finds, by family: errors, where nothing else is said. Errors and warnings fail a run, information does not.
`inc rule CODE` shows a rule's page in the terminal. `--select` and `--ignore` take codes, starts of codes (`IB2`), names and
families: `inc check --ignore freshness`.
"""
_METRICS = f"""\
# Metrics, one by one

{MARK}
What `inc metrics` measures, in the order in which it prints. Every printed figure states its own definition, its n and what was
left out; milestones, windows and weights are set in `policy/metrics.yml`.
"""
_IMPORTERS = f"""\
# Importers, one by one

{MARK}
Where `inc import` can take incidents from. What an importer does not understand is kept under `provenance.original` or reported.
"""
_RECOMMENDATIONS = f"""\
# Recommendations, one by one

{MARK}
What `inc recommend` may say, and what calls for it: process improvements first, then what to change in systems. In the output the
rule's name stands in parentheses (`action-effect`).
"""


def pages() -> dict[str, str]:
    """Return every page by its path below ``docs``."""
    own = [rule for rule in rules.discover() if _is_own(rule)]
    return {
        "rules/README.md": index(own),
        **{f"rules/{documentation.page_name(rule)}": page(rule) for rule in own},
        "reference/metrics.md": _modules(_METRICS, metrics, lambda module: int(module.ORDER)),
        "reference/importers.md": _modules(_IMPORTERS, importers, lambda module: module.__name__),
        "reference/recommendations.md": _modules(
            _RECOMMENDATIONS, recommendations, lambda module: f"{list(Kind).index(module.KIND)} {module.__name__}"
        ),
    }


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    family = _family_title(rule.family)
    words = f"{documentation.grade(rule)} Family: [{family}](README.md#{_anchor(family)}). It reads {_kinds(rule)}."
    facts = textwrap.fill(words, 120, break_long_words=False, break_on_hyphens=False)
    return f"# {rule.code} {rule.name}\n\n{MARK}\n{documentation.to_markdown(rule, facts)}"


def index(known: Iterable[Rule]) -> str:
    """Return the page that leads to all rules, a section for each family."""
    parts = [_INDEX]
    for family, members in itertools.groupby(known, key=lambda rule: rule.family):
        about = importlib.import_module(f"{rules.__name__}.{family}").__doc__ or ""
        items = "".join(
            f"- [{rule.code} {rule.name}]({documentation.page_name(rule)}): {rule.summary}{_marks(rule)}\n"
            for rule in members
        )
        parts.append(f"## {_family_title(family)}\n\n{_markdown(about)}\n\n{items}")
    return "\n".join(parts)


def _marks(rule: Rule) -> str:
    """Return what is not as usual: a grade below error, and that there is a fix."""
    marks = [rule.grade.value] if rule.grade is not Grade.ERROR else []
    marks += ["has a fix"] if rule.fix else []
    return f" ({', '.join(marks)})" if marks else ""


def _is_own(rule: Rule) -> bool:
    function = rule.check or rule.finalize
    return function is not None and function.__module__.startswith(f"{rules.__name__}.")


def _family_title(family: str) -> str:
    return family.replace("_", "-").capitalize()


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _kinds(rule: Rule) -> str:
    """Return which files a rule reads: kinds of record in words, policies by their files."""
    names = [_KINDS.get(kind, f"`policy/{kind}.yml`") for kind in sorted(rule.kinds or (), key=_order_of_kinds)]
    return listing(names) if names else "every file"


def _order_of_kinds(kind: str) -> tuple[int, str]:
    return ([*_KINDS, kind].index(kind), kind)


def _modules(head: str, package: ModuleType, order: Callable[[ModuleType], int | str]) -> str:
    """Return a page with a section for each module of a family, from its docstring."""
    names = [info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_")]
    members = sorted((importlib.import_module(f"{package.__name__}.{name}") for name in names), key=order)
    parts = [head]
    for module in members:
        name = module.__name__.rsplit(".", 1)[-1]
        parts.append(f"## {name.replace('_', ' ').capitalize()}\n\n{_markdown(module.__doc__ or '')}\n")
    return "\n".join(parts)


def _markdown(docstring: str) -> str:
    """Return a docstring as Markdown: its code stands in single backticks there, and addresses are links."""
    text = re.sub(r"``(.+?)``", r"`\1`", docstring.strip(), flags=re.DOTALL)
    return re.sub(r"(?<![<(`])(https?://[^\s,;)]+[^\s,;).])", r"<\1>", text)


def compare(docs: Path, wanted: Mapping[str, str]) -> list[str]:
    """Return what is not as the code says, one sentence each: pages that are missing, differ, or describe nothing any more."""
    said = []
    for name, text in wanted.items():
        path = docs / name
        if not path.is_file():
            said.append(f"{path} is missing")
        elif path.read_text(encoding="utf-8") != text:
            said.append(f"{path} is not what the code says")
    return said + [f"{path} describes nothing that is still there" for path in _leftover(docs, wanted)]


def write(docs: Path, wanted: Mapping[str, str]) -> list[str]:
    """Make ``docs`` as the code says and return what was done, one sentence each; what is right already is not touched."""
    done = []
    for name, text in wanted.items():
        path = docs / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_text(path, text)
            done.append(f"wrote {path}")
    for path in _leftover(docs, wanted):
        path.unlink()
        done.append(f"removed {path}")
    return done


def _leftover(docs: Path, wanted: Mapping[str, str]) -> list[Path]:
    """Return the generated pages that no code asks for; pages that people wrote are none of them."""
    found = [path for folder in FOLDERS for path in sorted((docs / folder).glob("*.md"))]
    return [
        path
        for path in found
        if path.relative_to(docs).as_posix() not in wanted and MARK in path.read_text(encoding="utf-8")
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or compare them; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m incidentbook.docsgen", description="Write the reference pages.")
    parser.add_argument(
        "--check", action="store_true", help="compare only; leave with 1 when a page is not as it should be"
    )
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), help="the folder of the documentation (default: docs)"
    )
    given = parser.parse_args(arguments)
    if not given.docs.is_dir():
        sys.stderr.write(f"error: there is no folder {given.docs}; run it at the root of the repository\n")
        return USAGE
    said = (compare if given.check else write)(given.docs, pages())
    sys.stdout.write("".join(f"{line}\n" for line in said))
    if given.check and said:
        sys.stdout.write(f"Mend with: {MENDS}\n")
        return FINDINGS
    return CLEAN


if __name__ == "__main__":
    sys.exit(main())
