"""What keeps a job away from everything else on the machine."""
