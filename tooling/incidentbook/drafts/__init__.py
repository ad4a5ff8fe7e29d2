"""First drafts for people to go on with: a playbook for a kind of incident, a post-mortem from a record."""
