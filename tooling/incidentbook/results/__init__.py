"""What checks leave for the checks after them. Nothing here knows a rule, and little is imported: most checks change nothing."""
