"""The process behind the screens: asked for pages in JSON lines, it answers in JSON lines."""
