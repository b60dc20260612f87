"""Files between the registry and this machine."""
