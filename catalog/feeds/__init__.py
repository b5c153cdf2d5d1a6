"""Every list for programs: RSS, Atom, JSON Feed, iCalendar, and torrents for download clients."""
