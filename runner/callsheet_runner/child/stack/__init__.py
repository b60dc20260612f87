"""Image files as stacks (C, Y, X), and back."""
