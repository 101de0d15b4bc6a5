"""Open Finance's monthly limits: what was spent of them, what is left, and when it ends."""
