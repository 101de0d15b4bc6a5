"""One command each: what it says, and what its buttons do. They ask reports and call one domain verb."""
