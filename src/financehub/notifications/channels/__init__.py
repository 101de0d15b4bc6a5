"""The ways out, one file each: a delivery in, sent or a named refusal out."""
