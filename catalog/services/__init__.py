"""The only door to an upstream: one module per source, each returning typed domain objects in an ``Answer``."""
