"""Safety: what must not stand in a record, because of who may read it."""
