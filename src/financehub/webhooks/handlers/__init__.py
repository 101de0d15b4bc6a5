"""Which function answers which event, one table per vendor."""
