"""The pages about plan and payment."""
