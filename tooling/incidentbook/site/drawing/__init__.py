"""The timeline of one incident as a picture: what to show, where it stands, and the SVG. Lean, for there may be thousands."""
