"""Kinds of page, one a module: ``ORDER`` and ``render(site)``, which yields pages. Found by looking at this folder."""
