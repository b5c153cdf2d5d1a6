"""How long an answer of an upstream counts as fresh, in seconds by endpoint: one table for all of them."""

MINUTE, HOUR, DAY = 60, 3600, 86400

FRESH = {
    "anilibria.getTitle": 10 * MINUTE,
    "anilibria.getTitles": 10 * MINUTE,
    "anilibria.getUpdates": 2 * MINUTE,
    "anilibria.getChanges": 2 * MINUTE,
    "anilibria.getSchedule": 10 * MINUTE,
    "anilibria.getYouTube": 10 * MINUTE,
    "anilibria.getFeed": 2 * MINUTE,
    "anilibria.getYears": HOUR,
    "anilibria.getGenres": HOUR,
    "anilibria.getCachingNodes": 10 * MINUTE,
    "anilibria.getTeam": HOUR,
    "anilibria.getSeedStats": HOUR,
    "anilibria.searchTitles": 10 * MINUTE,
    "animeloop.loop": 30 * MINUTE,
    "animeloop.loops": 30 * MINUTE,
    "animeloop.count": 30 * MINUTE,
    "animeloop.episode": 30 * MINUTE,
    "animeloop.episodes": 30 * MINUTE,
    "animeloop.series": 30 * MINUTE,
    "animeloop.serieses": 30 * MINUTE,
    "animeloop.seasons": 30 * MINUTE,
    "animeloop.search": 30 * MINUTE,
    "loops.video": 10 * MINUTE,
    "loops.feed": 5 * MINUTE,
    "loops.account": DAY,
    "loops.account_feed": 5 * MINUTE,
    "loops.tag": 10 * MINUTE,
    "loops.tags": HOUR,
}
