"""Rules of the organisation: what its policy asks of an incident."""
