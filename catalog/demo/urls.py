"""Where the demo serves the three documents."""

from django.urls import include, path

from catalog.api.anilibria import urls as anilibria
from catalog.api.animeloop import urls as animeloop
from catalog.demo import site
from catalog.demo.videos import pages

urlpatterns = [
    path("anilibria/", include(anilibria.urls(site.titles()))),
    path("animeloop/api/v2/", include(animeloop.urls(site.loops()))),
    path("loops/", include(pages.urls(site.videos()))),
]
