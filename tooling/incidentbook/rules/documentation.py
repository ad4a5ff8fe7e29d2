"""What a rule's docstring says, for people: the one source of its page, of ``inc rule`` and of the help in SARIF."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from incidentbook.finding import Grade
from incidentbook.frozen import frozen
from incidentbook.results.baseline import ABOUT
from incidentbook.rules import Rule

# The reference has no public address of its own: a name that every program takes for a URI, as the schemas have.
ADDRESS = "urn:incidentbook:rule"
EXAMPLES = ("Bad example", "Good example")
FIX, IGNORE = "Fix", "How to ignore it"
_FILE = re.compile(r"^# (?P<path>\S+)(?P<whole> \(whole\))?\n", re.MULTILINE)
_CODE, _KEPT = re.compile(r"`[^`]{1,40}`"), "\N{FIGURE SPACE}"  # code is not broken at its blanks
_FAILS = {
    Grade.ERROR: "An error: it fails the check.",
    Grade.WARNING: "A warning: it fails the check.",
    Grade.INFO: "For information: it fails nothing.",
}


@frozen
class Example:
    """One file of an example.

    Attributes:
        path: where it would lie in a knowledge base; empty where the docstring names no file.
        text: its YAML or Markdown, with a line end.
        whole: whether this is all of the file; otherwise the keys that matter.

    """

    path: str
    text: str
    whole: bool = False


@frozen
class Documentation:
    """A docstring taken apart.

    Attributes:
        title: its first sentence.
        sections: heading and text of each section, in order, without indentation.

    """

    title: str
    sections: tuple[tuple[str, str], ...]

    def __getitem__(self, heading: str) -> str:
        """Return the text below ``heading``. Raises KeyError where there is no such section."""
        return dict(self.sections)[heading]


def read(rule: Rule) -> Documentation:
    """Return the documentation of ``rule``; after its own sections stand whether it can fix, and how to ignore it."""
    first, *lines = rule.documentation.strip().split("\n")
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line and not line[0].isspace():
            found.append((line.strip(), []))
        elif found:
            found[-1][1].append(line)
    sections = [(heading, textwrap.dedent("\n".join(body)).strip("\n")) for heading, body in found]
    return Documentation(first.strip(), (*sections, (FIX, fixing(rule)), (IGNORE, ignoring(rule))))


def fixing(rule: Rule) -> str:
    """Say whether the rule can mend what it finds, and how."""
    return rule.fix or "None: only somebody who knows can say what is right. The message says what to do next."


def ignoring(rule: Rule) -> str:
    """Say how to ignore it; every way that there is stands here."""
    once = (
        f"- In one run: `inc check --ignore {rule.code}`. In a hook of pre-commit: `args: [--ignore={rule.code}]`.\n"
        f"- For some files or all: `ignore: [{rule.code}]` in `policy/checks.yml`, which can also make it count for less."
    )
    if rule.code.startswith(ABOUT):
        return f"{once}\n\nNo comment keeps it back, and no baseline does."
    return (
        f"- At one place: `# inc: ignore[{rule.code}] reason` at the end of the line or on a line of its own above, in Markdown\n"
        f"  `<!-- inc: ignore[{rule.code}] reason -->`. In a whole file: `# inc: ignore-file[{rule.code}] reason`.\n"
        f"{once}\n"
        "- Everything that is there today: `inc check --update-baseline`; from then on only what is new is reported."
    )


def grade(rule: Rule) -> str:
    """Say what its findings mean for a run."""
    return _FAILS[rule.grade]


def address(rule: Rule) -> str:
    """Return the absolute URI that names its documentation."""
    return f"{ADDRESS}:{rule.code}"


def page_name(rule: Rule) -> str:
    """Return the file name of its page: ``IB101-missing-key.md``."""
    return f"{rule.code}-{rule.name}.md"


def examples(text: str) -> list[Example]:
    """Return the files of an example section."""
    marks = list(_FILE.finditer(text))
    if not marks:
        return [Example("", text.strip("\n") + "\n")] if text.strip() else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        Example(mark["path"], text[mark.end() : end].strip("\n") + "\n", mark["whole"] is not None)
        for mark, end in zip(marks, ends, strict=True)
    ]


def to_markdown(rule: Rule, facts: str = "") -> str:
    """Return its documentation as Markdown, headings of the second level, no title; ``facts`` follow the first sentence."""
    documentation = read(rule)
    parts = [documentation.title, facts] if facts else [documentation.title]
    for heading, text in documentation.sections:
        parts.append(f"## {heading}")
        parts += map(_block, examples(text)) if heading in EXAMPLES else [text]
    return "\n\n".join(parts) + "\n"


def _block(example: Example) -> str:
    markdown = example.path.endswith(".md")
    document = markdown and example.text.startswith("---\n")
    where = f"`{example.path}`" if example.path else ""
    if where and markdown and not document:
        where = f"Front matter of {where}"
    fence = "````" if "```" in example.text else "```"
    shown = f"{fence}{'markdown' if document else 'yaml'}\n{example.text}{fence}"
    return f"{where}{', the whole file' if example.whole else ''}:\n\n{shown}" if where else shown


def to_text(rule: Rule, width: int = 80) -> str:
    """Return its documentation as plain text for a terminal; headings stand at the margin, all else is indented."""
    documentation = read(rule)
    parts = [f"{rule.code} {rule.name}", *_wrapped(f"{documentation.title} {grade(rule)}", width)]
    for heading, text in documentation.sections:
        parts += ["", heading]
        parts += _verbatim(text, width) if heading in EXAMPLES else _wrapped(text, width)
    return "\n".join(parts) + "\n"


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield paragraphs and list items, wrapped and indented."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
        if number:
            yield ""
        for item in re.split(r"\n(?=- )", paragraph):
            rest = "    " if item.startswith("- ") else "  "
            whole = _CODE.sub(lambda code: code[0].replace(" ", _KEPT), " ".join(item.split()))
            lines = textwrap.wrap(
                whole,
                width,
                initial_indent="  ",
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            yield from (line.replace(_KEPT, " ") for line in lines)


def _verbatim(text: str, width: int) -> Iterator[str]:
    """Yield the files of an example; lines that are too long go on below, YAML further in and prose at the margin."""
    for example in examples(text):
        if example.path:
            yield f"  # {example.path}{' (whole)' if example.whole else ''}"
        data, fence, body = example.text, "", ""
        if example.text.startswith("---\n"):
            data, fence, body = example.text.partition("\n---\n")
        lines = [part for line in (data + fence).rstrip("\n").split("\n") for part in fold(line, width - 2)]
        lines += [
            part for line in body.rstrip("\n").split("\n") for part in textwrap.wrap(line, width - 2) or [""] if body
        ]
        yield from (f"  {line}".rstrip() for line in lines)


def fold(line: str, room: int) -> Iterator[str]:
    """Yield ``line`` in parts that fit, the later ones further in: YAML reads a flow collection or a scalar so as the same."""
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    while len(line) > room:
        head = line[: room + 1]
        comma = max(head.rfind(", ") + 1, head.rfind("[{") + 1) if re.search(r"[\[{]", head) else 0
        cut = comma if comma > len(indent) else head.rfind(" ")
        if cut <= len(indent):
            break
        yield line[:cut].rstrip()
        line = indent + line[cut:].lstrip()
    yield line
