"""The site's own drawings: posters for titles without one, lettering, error scenes. Pure functions that return SVG."""
