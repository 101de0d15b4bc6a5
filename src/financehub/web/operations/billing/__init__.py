"""What the staff of an installation sees and does about every company's billing."""
