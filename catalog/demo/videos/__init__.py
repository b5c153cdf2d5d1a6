"""The demo's Loops: 60 short videos with every oddity that real answers had."""

from catalog.demo.videos.accounts import avatar_specs
from catalog.demo.videos.source import DemoVideos, video_specs

__all__ = ["DemoVideos", "avatar_specs", "video_specs"]
