"""Cards: signs of rows, bills and what they add up to, parcelas to come, limits that cards share."""
