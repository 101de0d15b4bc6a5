"""Leaves of the house: each module is named by its topic and knows no other room."""
