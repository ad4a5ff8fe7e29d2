"""Blameless language: how an analysis speaks of people."""
