"""What this machine has to offer."""
