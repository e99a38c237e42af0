"""The terminal interface: shows only what the packages below it computed."""
