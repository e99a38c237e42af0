"""The command line: shows only what the packages below it computed."""
