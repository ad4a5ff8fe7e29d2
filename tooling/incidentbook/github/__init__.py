"""Action items as GitHub issues, both ways: a pure plan of what to send and what to take back, and a thin client that does it."""
