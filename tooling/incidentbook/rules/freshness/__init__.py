"""Rules about what grows old."""
