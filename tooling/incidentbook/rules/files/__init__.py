"""Rules about files as such: can they be read, and are they read."""
