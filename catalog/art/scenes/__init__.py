"""Twenty flat scenes in the poster inks, each a function of time in two variants."""
