"""Which row is which: a row deleted and created again under another id stays the row a person knows."""
