"""What curators and administrators manage, one module per model family."""
