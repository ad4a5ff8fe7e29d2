"""Blameless language: which sentences of a text judge people, and how to put them instead. Pure; English only.

``flags(text)`` reads Markdown (or plain text) and yields each sentence that blames somebody, argues by what people should have
done, stops at human error or names a person, with its place in the source and a better way to say it. Nothing is
loaded but regular expressions, and those only when a word in the text calls for them.
"""

from __future__ import annotations

from incidentbook.prose.check import flags, may_flag
from incidentbook.prose.model import Category, Flag
from incidentbook.prose.sentences import Kind, Sentence, sentences

__all__ = ["Category", "Flag", "Kind", "Sentence", "flags", "may_flag", "sentences"]
