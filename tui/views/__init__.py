"""What each screen shows, as pages: no widget, no terminal."""
