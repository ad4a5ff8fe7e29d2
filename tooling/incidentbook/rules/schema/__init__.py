"""Rules about the shape of data: what the JSON Schemas ask for, in plain sentences."""
