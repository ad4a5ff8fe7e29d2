"""What the past means: the lives of action items, the burn-down, and what was known of a record when."""
