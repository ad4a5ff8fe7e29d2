"""Typed policy: the organisation's own rules, one module a file of ``policy/``."""
