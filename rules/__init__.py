"""What the policy says: rule files (pure data), the levers, and the engine that decides from them."""
