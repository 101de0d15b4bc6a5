"""Words for what the product explains by itself: gaps of a balance, and quotas."""
