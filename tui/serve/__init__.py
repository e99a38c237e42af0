"""The terminal interface in a browser: a server on this machine, and one process for each browser tab."""
