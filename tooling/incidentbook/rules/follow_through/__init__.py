"""Rules about promises: waivers and accepted risks that have ended. Overdue items are the work of ``inc actions overdue``."""
