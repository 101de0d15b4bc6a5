"""Connectors, Items, Consents, Accounts, Transactions, bills, investments, loans and Syncs."""
