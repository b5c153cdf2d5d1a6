"""Torrents for download clients: an RSS feed as trackers have them, and an indexer's API."""
