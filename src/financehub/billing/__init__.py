"""Plans, Customers, Subscriptions, Invoices, dunning: who may do what, and who paid for it."""
