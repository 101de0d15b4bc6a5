"""Finance Hub on one machine: start everything, show it once, and say what is wrong."""
