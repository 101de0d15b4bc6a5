"""Calls to addresses that a customer or a browser typed: guarded, short, without redirects."""
