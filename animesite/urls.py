"""The site's addresses: plain paths are English, /ru/ is Russian; what has no language has one path."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from catalog.admin import status
from catalog.views import (
    about,
    clips,
    favourites,
    health,
    loop_files,
    metrics,
    my,
    my_address,
    oembed,
    posters,
    sitemap,
    titles,
)

handler400 = "catalog.views.errors.bad_request"
handler403 = "catalog.views.errors.permission_denied"
handler404 = "catalog.views.errors.page_not_found"
handler500 = "catalog.views.errors.server_error"

urlpatterns = [
    path("metrics", metrics.metrics, name="metrics"),
    path("favicon.ico", about.favicon),
    path("healthz", health.healthz, name="healthz"),
    path("theme/", about.theme, name="theme"),
    path("zone/", about.zone, name="zone"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("clip/<slug:youtube_id>.svg", clips.still, name="clip_still"),
    path("", include("catalog.feeds.urls")),
    path("title/<str:slug>/<str:key>/master.m3u8", titles.stream, name="stream"),
    path("title/<str:slug>/<str:key>/frame/", titles.frame, name="frame"),
    path("loops/random/<str:size>.<str:type>", loop_files.random_file, name="random_file"),
    path("loops/<str:id>/<str:size>.<str:type>", loop_files.loop_file, name="loop_file"),
    path("oembed", oembed.oembed, name="oembed"),
    path("favourites/<slug:slug>.jpg", favourites.collection_sheet, name="collection_sheet"),
    path("my/latest.json", my.my_latest, name="my_latest"),
    path("my/list.json", my.my_export, name="my_export"),
    path("my/address/", my_address.my_address, name="my_address"),
    path("my/address/revoke/", my_address.my_address_revoke, name="my_address_revoke"),
    path("my/handed-over/", my.my_handed_over, name="my_handed_over"),
    path("embed/", include("catalog.embed_urls")),
    path("poster/<path:slug>.svg", posters.poster, name="poster"),
    *i18n_patterns(
        path("admin/status/", admin.site.admin_view(status.status), name="admin_status"),
        path("admin/status/run/<slug:name>/", admin.site.admin_view(status.run), name="admin_run"),
        path("admin/", admin.site.urls),
        path("", include("catalog.urls")),
        prefix_default_language=False,
    ),
]
