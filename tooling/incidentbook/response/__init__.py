"""Live response: records written while it burns, by several people at once, from the first minute to the close."""
