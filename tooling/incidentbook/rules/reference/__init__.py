"""Rules about what one file names in another."""
