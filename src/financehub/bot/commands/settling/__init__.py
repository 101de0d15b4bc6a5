"""What the chat itself can be told: language, silence, company, link; and what is done to one row of spending."""
