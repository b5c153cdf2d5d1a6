"""The demo's loops behind the API's source protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from functools import cached_property
from hashlib import sha256

from catalog.api.animeloop.source import CollectionQuery, EpisodeQuery, LoopQuery, SeriesQuery, TagQuery
from catalog.art.scenes.timing import FRAMES_PER_SECOND
from catalog.demo.loops.cuts import CUTS, UPLOADED_FIRST, Cut
from catalog.demo.loops.descriptions import DESCRIPTIONS
from catalog.demo.loops.repertoire import REPERTOIRE, Series
from catalog.demo.loops.tags import COLLECTIONS, collected, tags_of
from catalog.demo.media.catalogue import LoopSpec, PosterSpec, cover_path
from catalog.domain.loops import (
    LOOP_FILE_KEYS,
    Loop,
    LoopCollection,
    LoopEpisode,
    LoopFile,
    LoopSeries,
    LoopTag,
)

_DOCUMENTED_EPISODES = {
    ("lovelive", "13"): "59adf789c4c0bc65794321fb",
    ("natsume", "01"): "591b2b9868f9f00f82bf3641",
    ("natsume", "02"): "591b2b9968f9f00f82bf3644",
    ("natsume", "03"): "591b2b9968f9f00f82bf3645",
    ("bebop", "05"): "593e24cba793aa30a98f128f",
    ("kotonoha", "Movie"): "59835a18ed0b995c09a26779",
    ("dennou-coil", "02"): "5953236197d7cf18a418ff6c",
    ("little-witch", "01"): "591b2b9268f9f00f82bf35ba",
}


def loop_specs() -> tuple[LoopSpec, ...]:
    """The files of every loop: they last as long as the data says, to the nearest frame."""
    return tuple(
        LoopSpec(_loop_id(cut), cut.scene, cut.variant, round(cut.seconds * FRAMES_PER_SECOND)) for cut in CUTS
    )


def cover_specs() -> tuple[PosterSpec, ...]:
    return tuple(
        PosterSpec(
            path=cover_path(series.anilist_id),
            code=f"loops-{series.key}",
            ru=series.romaji.replace("△", ""),
            en=series.english,
            ident=series.anilist_id,
            year=int(series.season.partition("-")[0]),
            kind=series.type,
            genres=(series.sign,),
        )
        for series in REPERTOIRE
    )


class DemoLoops:
    """A ``LoopSource``. ``origin`` serves the files; what users upload is dated relative to ``now``."""

    def __init__(self, origin: str, now: Callable[[], datetime]) -> None:
        self.origin = origin
        self.now = now

    def loop(self, loop_id: str) -> Loop | None:
        return next((self._loop(cut) for cut in CUTS if _loop_id(cut) == loop_id), None)

    def loops(self, query: LoopQuery) -> Sequence[Loop]:
        collection = query.collection_id
        loops = (self._loop(cut) for cut in CUTS if collection is None or collected(collection, cut.scene))
        return [loop for loop in loops if _matches(loop, query)]

    def episode(self, episode_id: str) -> LoopEpisode | None:
        return next((episode for episode in self._episodes.values() if episode.id == episode_id), None)

    def episodes(self, query: EpisodeQuery) -> Sequence[LoopEpisode]:
        return [
            episode
            for episode in self._episodes.values()
            if query.series_id in (None, episode.series_id) and query.number in (None, episode.number)
        ]

    def series(self, series_id: str) -> LoopSeries | None:
        return next((series for series in self._series.values() if series.id == series_id), None)

    def serieses(self, query: SeriesQuery) -> Sequence[LoopSeries]:
        return [series for series in self._series.values() if _is_wanted(series, query)]

    def seasons(self) -> Sequence[str]:
        return [series.season for series in REPERTOIRE]

    def tags(self, query: TagQuery) -> Sequence[LoopTag]:
        tags = (tag for cut in CUTS for tag in tags_of(_loop_id(cut), cut.scene, cut.series))
        return [
            tag
            for tag in tags
            if query.loop_id in (None, tag.loop_id)
            and query.type in (None, tag.type)
            and query.source in (None, tag.source)
            and (query.confidence is None or tag.confidence in query.confidence)
        ]

    def collections(self, query: CollectionQuery) -> Sequence[LoopCollection]:
        return [
            collection
            for collection in COLLECTIONS
            if query.id in (None, collection.id)
            and query.name in (None, collection.name)
            and query.user_id in (None, collection.user_id)
        ]

    def _loop(self, cut: Cut) -> Loop:
        loop_id, episode = _loop_id(cut), self._episodes[cut.series, cut.episode]
        return Loop(
            id=loop_id,
            duration=cut.seconds,
            begin=cut.begin,
            end=cut.end,
            begin_frame=cut.frames[0],
            end_frame=cut.frames[1],
            source=cut.source,
            uploaded_at=cut.uploaded if isinstance(cut.uploaded, datetime) else self._midnight() - cut.uploaded,
            files=tuple(LoopFile(key=key, url=self._file_url(loop_id, key)) for key in LOOP_FILE_KEYS),
            episode_id=episode.id,
            series_id=episode.series_id,
            episode=episode,
            series=episode.series,
        )

    def _file_url(self, loop_id: str, key: str) -> str:
        return f"{self.origin}/files/{key}/{loop_id}.{key.partition('_')[0]}"

    def _midnight(self) -> datetime:
        return datetime.combine(self.now().astimezone(UTC), time.min, UTC)

    @cached_property
    def _series(self) -> dict[str, LoopSeries]:
        return {
            series.key: LoopSeries(
                id=series.id or _object_id(f"series:{series.key}"),
                title=series.title,
                title_romaji=series.romaji,
                title_english=series.english,
                title_japanese=series.japanese,
                description=DESCRIPTIONS[series.key],
                genres=series.genres,
                type=series.type,
                total_episodes=series.episodes or len(series.extra),
                anilist_id=series.anilist_id,
                season=series.season,
                cover_url=self.origin + cover_path(series.anilist_id),
            )
            for series in REPERTOIRE
        }

    @cached_property
    def _episodes(self) -> dict[tuple[str, str], LoopEpisode]:
        """By series and number."""
        return {
            (series.key, number): LoopEpisode(
                id=_DOCUMENTED_EPISODES.get((series.key, number)) or _object_id(f"episode:{series.key}:{number}"),
                number=number,
                series_id=self._series[series.key].id,
                series=self._series[series.key],
            )
            for series in REPERTOIRE
            for number in _numbers(series)
        }


def _numbers(series: Series) -> tuple[str, ...]:
    if series.type == "Movie":
        return ("Movie",)
    return (*(f"{number:02}" for number in range(1, series.episodes + 1)), *series.extra)


def _matches(loop: Loop, query: LoopQuery) -> bool:
    return (
        query.series_id in (None, loop.series_id)
        and query.episode_id in (None, loop.episode_id)
        and query.source in (None, loop.source)
        and (query.duration is None or loop.duration in query.duration)
    )


def _is_wanted(series: LoopSeries, query: SeriesQuery) -> bool:
    names = (series.title, series.title_romaji, series.title_english, series.title_japanese)
    texts = [(text or "").lower() for text in (*names, series.description, series.type, *series.genres)]
    year, _, month = (series.season or "").partition("-")
    return (
        query.type in (None, series.type)
        and query.season in (None, (int(year), int(month)))
        and all(any(word.lower() in text for text in texts) for word in query.words)
    )


def _loop_id(cut: Cut) -> str:
    """The document's id, else one that does not move with the dates."""
    uploaded = cut.uploaded if isinstance(cut.uploaded, datetime) else UPLOADED_FIRST
    return cut.id or _object_id(f"loop:{cut.scene}:{cut.variant}", uploaded)


def _object_id(seed: str, moment: datetime = UPLOADED_FIRST) -> str:
    """24 digits as MongoDB makes them: the moment first."""
    return f"{int(moment.timestamp()):08x}{sha256(seed.encode()).hexdigest()[:16]}"
