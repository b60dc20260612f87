"""What runs inside a job's own process. Standard library only, so that it starts fast."""
