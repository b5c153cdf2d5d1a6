"""The pages, each in every language. Route names are the views' names."""

from django.urls import URLPattern, URLResolver, path

from catalog.views import about, catalog, home, schedule, titles

app_name = "catalog"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("catalog/", catalog.catalog, name="catalog"),
    path("title/<str:slug>/", titles.title, name="title"),
    path("title/<str:slug>/<str:key>/", titles.episode, name="episode"),
    path("random/", titles.random, name="random"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("about/", about.about, name="about"),
]
