"""AniLibria's API v2.8.3 and its live notices, served from domain objects: ``urls.urls(source)`` is the whole of it."""
