"""What the site itself owns, and what it derives from its upstreams and can rebuild at any time."""

from catalog.models.index import IndexState, TitleRow, sort_name

__all__ = ["IndexState", "TitleRow", "sort_name"]
