"""What can happen, what it means, and what a policy says of it."""
