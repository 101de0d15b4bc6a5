"""Tasks that run by time, as the staff sees them."""
