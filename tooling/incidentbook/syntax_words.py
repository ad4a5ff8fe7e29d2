"""What libyaml stumbled over, in plain words: its own are for those who write parsers."""

from __future__ import annotations

_QUOTES = "Put the value in quotes."
_TOKEN = "cannot start any token"  # noqa: S105 - a word of libyaml's
_TOKENS = {
    "\t": ("A tab stands where YAML allows only spaces", "Indent with spaces."),
    "@": ("A value cannot start with `@`", _QUOTES),
    "`": ("A value cannot start with a backtick", _QUOTES),
    "%": ("A value cannot start with `%`", _QUOTES),
}
_WORDS = (
    (_TOKEN, "A value cannot start with `{character}`", _QUOTES),
    ("tab character", "A tab stands where YAML allows only spaces", "Indent with spaces."),
    ("but found another document", "A second YAML document starts here", "Keep one document in a file: remove the line `---`."),
    ("expected <document start>", "The data ends above this line, and nothing may follow it",
     "Check the indentation of this line, and keep one document in a file."),
    ("while scanning a quoted scalar", "The quote that opens here is never closed", "Close it, or double a quote inside it."),
    ("unknown escape character", "A backslash in double quotes starts an escape, and this one does not exist",
     "Use single quotes, or write two backslashes."),
    ("mapping values are not allowed", "A second `: ` on this line cannot be read",
     "Put quotes around a text that holds `: `, or check the indentation."),
    ("block sequence entries are not allowed", "A list cannot start here", "Put `- ` on a line of its own, below its key."),
    ("could not find expected ':'", "A `: ` is missing behind the key that starts here",
     "Write `key: value`, the key no longer than 1,024 characters; indent the lines of a longer text below its key."),
    ("incompatible YAML document", "This line asks for a version of YAML that there is not", "Remove it."),
    ("did not find expected key", "This line does not fit the mapping that starts on {opened}",
     "Check the indentation and the quotes of this line and the one above."),
    ("did not find expected '-' indicator", "This line does not fit the list that starts on {opened}",
     "Start each item with `- ` in the same column."),
    ("did not find expected ',' or ']'", "The `[` of {opened} is not closed before this place", "Add `]`, or a comma."),
    ("did not find expected ',' or '}'", "The `{{` of {opened} is not closed before this place", "Add `}`, or a comma."),
    ("expected node content", "A value is expected here", ""),
    ("undefined alias", "This alias (`*`) names no anchor", "Put the value in quotes if it is text that starts with `*`."),
    ("while scanning an alias", "A value cannot start with `*`", _QUOTES),
    ("while scanning an anchor", "A value cannot start with `&`", _QUOTES),
)  # fmt: skip


def explain(problem: str, context: str, character: str, opened: str) -> tuple[str, str]:
    """Return a sentence and a hint for an error of libyaml.

    Args:
        problem: what libyaml says went wrong.
        context: what it was doing; may be empty.
        character: the character that it stopped at; may be empty.
        opened: where the enclosing list, mapping or quote starts (``line 3``).

    """
    if character in ("]", "}") and "did not find expected key" in problem:
        return f"A `{character}` stands here that closes nothing", "Remove it, or put the value in quotes."
    if _TOKEN in problem and character in _TOKENS:
        return _TOKENS[character]
    for fragment, message, hint in _WORDS:
        if fragment in problem or fragment in context:
            return message.format(character=character, opened=opened), hint
    return f"YAML cannot be read here: {problem}{' ' if context else ''}{context}", ""
