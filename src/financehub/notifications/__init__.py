"""What to tell whom, by which channel, delivered once."""
