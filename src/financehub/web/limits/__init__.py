"""What a page says, and does, where the company's plan ends."""
