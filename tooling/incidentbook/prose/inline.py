"""Blanks what is no prose inside a paragraph, character for character: markup, link targets, tags; code and URLs become fillers."""

from __future__ import annotations

import re

FILLER = "\ufffc"  # stands for code and URLs: a thing is named here, but its letters are no words
BREAK = "\u2028"  # stands for <br>: a sentence ends here

# Every quantifier is bounded, or cannot be tried twice over the same characters: a long line takes no longer than a short one.
_TOKENS = re.compile(
    r"""
      (?P<code>``[^`]{1,2000}(?:`[^`]{1,2000})?``|`[^`]{1,2000}`)
    | (?P<template><%.{0,500}?%>|\{\{.{0,500}?\}\}|\{%.{0,500}?%\})
    | (?P<comment><!--.{0,500}?-->)
    | (?P<image>!\[[^\[\]\n]{0,500}\](?:\([^)\n]{0,1000}\))?)
    | (?P<target>\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)|\]\[[^\]\n]{0,200}\])
    | (?P<url><(?:https?|ftp|mailto):[^>\s]{1,2000}>|\b(?:https?|ftp)://[^\s<>|]+[^\s<>|.,;:!?'")\]]|\bwww\.[^\s<>|)]{1,500})
    | (?P<newline><br\s*/?>)
    | (?P<tag></?[A-Za-z][^<>\n]{0,500}>)
    | (?P<escape>\\[\\`*_{}\[\]()<>#+.!|-])
    | (?P<mark>\*+|~~|[\[\]]|(?<![\w])_+|_+(?![\w]))
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SPECIAL = re.compile(r"[`*_<\[\]~\\{]|://|www\.")
_URL = re.compile(r"\b(?:https?|ftp)://\S+")
# Four words or more between double quotes are what somebody else said; fewer are a term that the author uses.
_QUOTATION = re.compile(r"[\"“](?=\S)((?:[^\"“”\s]+\s+){3,80}[^\"“”\s]+)[\"”]")

# [name](https://github.com/name), or [name] with that as its definition: the name of an account, so a person's or a bot's.
_ACCOUNT = r"https?://(?:www\.)?git(?:hub|lab)\.com/\1/?"
_PROFILE = re.compile(rf"\[(?=([\w-]{{2,39}})\]\({_ACCOUNT}\))", re.IGNORECASE)
_PROFILES = re.compile(rf"^[ ]{{0,3}}\[([\w-]{{2,39}})\]:[ \t]*<?{_ACCOUNT}>?[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)


def with_handles(text: str) -> str:
    """Return ``text``, as long as it was, with an at sign before every name that links to somebody's profile."""
    if "github.com/" not in text and "gitlab.com/" not in text:
        return text
    text = _PROFILE.sub("@", text)
    names = set(_PROFILES.findall(text))
    if not names:
        return text
    return re.sub(rf"\[(?=(?:{'|'.join(map(re.escape, sorted(names)))})\](?![:(]))", "@", text)


def masked(text: str, *, markdown: bool = True) -> str:
    """Return ``text``, as long as it was, with only its prose left."""
    if not markdown:
        text = _URL.sub(_fill, text)
    elif _SPECIAL.search(text):
        text = _TOKENS.sub(_blank, text)
    return _QUOTATION.sub(_fill, text) if '"' in text or "“" in text else text


def _blank(match: re.Match[str]) -> str:
    text = match.group()
    match match.lastgroup:
        case "code" | "url" | "template":
            return FILLER * len(text)
        case "newline":
            return BREAK + " " * (len(text) - 1)
        case "escape":
            return " " + text[1]
        case _:
            return " " * len(text)


def _fill(match: re.Match[str]) -> str:
    return FILLER * len(match.group())
