"""One file per resource: its shapes, then its addresses."""
