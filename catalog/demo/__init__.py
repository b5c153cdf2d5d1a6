"""The embedded upstream: generated data and media behind the three served APIs, on loopback. Never in production."""
