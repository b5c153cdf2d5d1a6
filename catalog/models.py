"""What the site itself owns. Nothing yet: every fact comes from an upstream through ``catalog.services``."""
