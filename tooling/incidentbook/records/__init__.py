"""Typed records: frozen, without I/O, Git or a clock. What a file cannot say correctly is absent here, never guessed."""
