"""incidentbook: incident records, post-mortems and playbooks in one Git repository."""

__version__ = "0.1.0"
