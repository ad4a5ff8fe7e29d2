"""Rules about days and times."""
