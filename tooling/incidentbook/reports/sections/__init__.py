"""The report's sections, one a module: ``ORDER`` and ``build(context)``. Which come in is decided by the folder."""
