"""Vertical videos."""

from __future__ import annotations

from factory.base import Factory
from factory.helpers import lazy_attribute, sequence

from catalog.domain.videos import Account, Video, VideoMedia, shortcode


class VideoFactory(Factory[Video]):
    class Meta:
        model = Video

    account = Account(id="1", username="sora.cels", name="Sora")
    media = VideoMedia(thumbnail_url="https://loopsusercontent.com/1/thumb.jpg", width=1080, height=1920)

    @sequence
    def id(n):
        return str(184000000000000000 + n)

    @lazy_attribute
    def shortcode(self):
        return shortcode(self.id)

    @lazy_attribute
    def caption(self):
        return f"Caption {self.id}"

    @lazy_attribute
    def likes(self):
        return 7
