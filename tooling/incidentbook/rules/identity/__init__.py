"""Rules about ids and file names."""
