"""The pages, each in every language. Route names are the views' names."""

from django.urls import URLPattern, URLResolver, path

from catalog.views import (
    about,
    builder,
    catalog,
    clips,
    favourites,
    feed,
    home,
    loops,
    schedule,
    series,
    stats,
    status,
    team,
    titles,
    videos,
)

app_name = "catalog"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("catalog/", catalog.catalog, name="catalog"),
    path("catalog/suggestions/", catalog.suggestions, name="suggestions"),
    path("catalog/indexing/", catalog.indexing, name="indexing"),
    path("title/<str:slug>/", titles.title, name="title"),
    path("title/<str:slug>/loops/", titles.title_loops, name="title_loops"),
    path("title/<str:slug>/<str:key>/", titles.episode, name="episode"),
    path("random/", titles.random, name="random"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("feed/", feed.feed, name="feed"),
    path("clips/", clips.clips, name="clips"),
    path("team/", team.team, name="team"),
    path("team/<path:nick>/", team.person, name="person"),
    path("stats/", stats.stats, name="stats"),
    path("loops/", loops.loops, name="loops"),
    path("loops/random/", loops.loop_random, name="loop_random"),
    path("loops/daily/", loops.loop_of_the_day, name="loop_of_the_day"),
    path("loops/<str:id>/", loops.loop, name="loop"),
    path("loops/<str:id>/files/", loops.loop_files, name="loop_files"),
    path("loops/<str:id>/more/", loops.loop_more, name="loop_more"),
    path("series/", series.all_series, name="all_series"),
    path("series/<str:id>/", loops.series, name="series"),
    path("videos/", videos.videos, name="videos"),
    path("videos/@<str:username>/", videos.account, name="video_account"),
    path("videos/tag/<path:name>/", videos.tag, name="video_tag"),
    path("videos/<str:code>/", videos.video, name="video"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("favourites/<slug:slug>/", favourites.collection, name="collection"),
    path("embed/builder/", builder.builder, name="builder"),
    path("about/", about.about, name="about"),
    path("status/", status.status, name="status"),
]
