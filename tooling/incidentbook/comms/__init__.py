"""Messages about an incident: drafted from templates, made into what a channel takes, sent, and written into the record."""
