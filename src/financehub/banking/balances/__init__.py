"""A balance that explains itself: what the bank says, what its rows add up to, and why the two differ."""
