"""Who is on call: the turns of a rotation, what interrupts them, and a calendar of both. No clock of its own."""
