"""Where templates are rendered: nothing outside their folders, no way into Python, and no text that fills the memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

_MOST = 10_000  # what a product or a power may come to: characters, items, or bits


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox, in which nothing can be multiplied beyond reason either."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute a product or a power. Raises SecurityError where it would be too large."""
        if _size(left) * max(_size(right), 1) > _MOST:
            raise SecurityError("that is too large")
        return super().call_binop(context, operator, left, right)


def _size(value: Any) -> int:
    if isinstance(value, int):
        return min(abs(value), _MOST + 1)
    return len(value) if isinstance(value, str | list | tuple) else 1


class Inside(FileSystemLoader):
    """Templates of some folders, and of nothing that a link there leads to."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template. Raises TemplateNotFound where it lies outside."""
        text, path, fresh = super().get_source(environment, template)
        if not any(Path(path).resolve().is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise TemplateNotFound(template)
        return text, path, fresh
