"""Stripe, plain Python around the official client."""
