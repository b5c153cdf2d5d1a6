"""The demo's pictures, loops and films: what exists, how it is encoded, and the store that keeps it."""
