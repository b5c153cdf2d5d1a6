from __future__ import annotations


class Refused(Exception):
    """A torrent's metadata that is not to be stored; the message is the reason, for the curator."""
