"""What runs by time: when each task is due, whether it runs now, how it went; the rows are the truth."""
