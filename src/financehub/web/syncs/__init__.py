"""Words for receipts, consents and what the nightly check found."""
