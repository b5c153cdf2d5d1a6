"""Where other people's pages find widgets: one path in every language, which ``lang`` chooses."""

from django.urls import path

from catalog.views import embed

urlpatterns = [
    path("loop/", embed.embed_loop, name="embed_loop"),
    path("loop/next/", embed.embed_loop_next, name="embed_loop_next"),
    path("w/<slug:slug>/", embed.embed_widget, name="embed_widget"),
    path("w/<slug:slug>/next/", embed.embed_widget_next, name="embed_widget_next"),
    path("widget.js", embed.embed_script, name="embed_script"),
    path("still.svg", embed.embed_still, name="embed_still"),
]
