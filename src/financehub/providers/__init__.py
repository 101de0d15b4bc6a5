"""Plain Python clients of the vendors: the only place that speaks HTTP to them."""
