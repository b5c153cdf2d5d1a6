"""Where each of the demo's loops was cut: one for every scene in both its variants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FRAME_SECONDS = 1001 / 24000
UPLOADED_FIRST = datetime(2017, 5, 22, 3, 14, 7, 512000, UTC)
UPLOADED_EVERY = timedelta(days=11, hours=5, minutes=37, milliseconds=481)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """``frames`` are the episode's; ``seconds`` is what the upstream says they last.

    ``uploaded`` is a moment, or, for what users keep uploading, the time since then.
    """

    id: str | None = None
    scene: str
    variant: int
    series: str
    episode: str
    begin: timedelta
    end: timedelta
    frames: tuple[int, int]
    seconds: float
    source: str = "automator"
    uploaded: datetime | timedelta


def _documented(
    id: str,
    scene: str,
    variant: int,
    series: str,
    episode: str,
    begin: str,
    end: str,
    frames: tuple[int, int],
    seconds: float,
    uploaded: str,
) -> Cut:
    """A loop that the API's document shows, with the document's figures."""
    return Cut(
        id=id,
        scene=scene,
        variant=variant,
        series=series,
        episode=episode,
        begin=_time(begin),
        end=_time(end),
        frames=frames,
        seconds=seconds,
        uploaded=datetime.fromisoformat(uploaded),
    )


def _time(text: str) -> timedelta:
    hours, minutes, seconds = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def _cut(place: int, row: tuple[str, int, str, str, str, int, str]) -> Cut:
    scene, variant, series, episode, begin, length, source = row
    first = round(_time(begin).total_seconds() / FRAME_SECONDS)
    uploaded = UPLOADED_FIRST + place * UPLOADED_EVERY
    return Cut(
        scene=scene,
        variant=variant,
        series=series,
        episode=episode,
        begin=_frame_time(first),
        end=_frame_time(first + length),
        frames=(first, first + length),
        seconds=length * FRAME_SECONDS,
        source=source,
        uploaded=uploaded if source == "automator" else timedelta(days=3 * place, hours=place),
    )


def _frame_time(frame: int) -> timedelta:
    return timedelta(milliseconds=round(frame * FRAME_SECONDS * 1000))


_MAY_2017 = "2017-05-20T10:30:45.801Z"
_DOCUMENTED = (
    _documented(
        "59adf78ac4c0bc657943222d", "stage", 0, "lovelive", "13",
        "00:22:47.783", "00:22:48.533", (32794, 32812), 0.7507499999999999, "2017-09-05T01:00:26.913Z",
    ),
    _documented(
        "591446445f6e5e51d937e118", "cat", 0, "natsume", "01",
        "00:06:13", "00:06:14", (8935, 8975), 1.6683333333333332, _MAY_2017,
    ),
    _documented(
        "591446445f6e5e51d937e153", "grass", 1, "natsume", "02",
        "00:08:27", "00:08:29", (12158, 12194), 1.5014999999999998, _MAY_2017,
    ),
    _documented(
        "591446445f6e5e51d937e168", "furin", 1, "natsume", "03",
        "00:13:28", "00:13:30", (19727, 19766), 1.5972696245733788, _MAY_2017,
    ),
    _documented(
        "59a02ed56c4805500909ab5c", "vinyl", 1, "bebop", "05",
        "00:00:40.331", "00:00:43.460", (967, 1042), 3.128125, "2017-08-25T14:05:10.369Z",
    ),
    _documented(
        "59835a19ed0b995c09a26793", "rain", 0, "kotonoha", "Movie",
        "00:13:46.825", "00:13:50.037", (19824, 19901), 3.2115416666666663, "2017-08-03T17:14:08.223Z",
    ),
    _documented(
        "5953236797d7cf18a418ff85", "crossing", 1, "dennou-coil", "02",
        "00:10:07.690", "00:10:11.027", (14570, 14650), 3.3366666666666664, "2017-06-28T03:31:03.441Z",
    ),
)  # fmt: skip

_ROWS = (  # scene, variant, series, episode, begin, frames of the episode, source
    ("stage", 1, "lovelive", "13", "00:04:31.270", 48, "automator"),
    ("train", 0, "tsuki", "04", "00:11:02.410", 72, "automator"),
    ("train", 1, "kimi-no-na-wa", "Movie", "00:21:33.875", 60, "automator"),
    ("cumulus", 0, "non-non-okinawa", "OVA", "00:03:41.250", 95, "automator"),
    ("cumulus", 1, "barakamon", "01", "00:17:05.600", 84, "automator"),
    ("eye", 0, "shigatsu", "09", "00:15:20.004", 60, "upload"),
    ("eye", 1, "little-witch", "01", "00:08:13.910", 72, "automator"),
    ("rain", 1, "kotonoha", "Movie", "00:07:58.120", 60, "automator"),
    ("vinyl", 0, "bebop", "05", "00:12:44.100", 48, "automator"),
    ("koi", 0, "mushishi", "12", "00:18:33.900", 72, "upload"),
    ("koi", 1, "mushishi", "01", "00:02:20.340", 95, "automator"),
    ("crossing", 0, "dennou-coil", "02", "00:19:26.030", 48, "automator"),
    ("hanabi", 0, "uchiage", "Movie", "01:02:11.000", 72, "upload"),
    ("hanabi", 1, "tsuki", "05", "00:13:09.440", 60, "automator"),
    ("cat", 1, "natsume", "07", "00:16:48.720", 60, "automator"),
    ("sea", 0, "barakamon", "11", "00:13:28.380", 72, "automator"),
    ("sea", 1, "k-on", "OVA", "00:09:52.150", 95, "automator"),
    ("ferris", 0, "sora", "03", "00:20:45.520", 95, "automator"),
    ("ferris", 1, "sora", "12", "00:01:17.060", 72, "automator"),
    ("ramen", 0, "umaru", "08", "00:08:27.300", 72, "automator"),
    ("ramen", 1, "umaru", "02", "00:14:01.980", 60, "upload"),
    ("speed", 0, "one-punch", "12", "00:16:02.200", 12, "automator"),
    ("speed", 1, "one-punch", "01", "00:05:39.610", 36, "automator"),
    ("petals", 0, "chihayafuru", "20", "00:01:29.800", 72, "automator"),
    ("petals", 1, "champloo", "01", "00:06:54.330", 84, "automator"),
    ("stars", 0, "yuru-camp", "05", "00:21:12.360", 95, "automator"),
    ("stars", 1, "frieren", "28", "00:10:36.470", 72, "upload"),
    ("night", 0, "durarara", "01", "00:02:05.900", 72, "automator"),
    ("night", 1, "durarara", "12.5", "00:11:48.290", 84, "automator"),
    ("grass", 0, "mushishi-zoku", "04", "00:19:50.040", 72, "automator"),
    ("furin", 0, "hyouka", "18", "00:05:44.100", 84, "upload"),
    ("fan", 0, "k-on", "13", "00:04:16.720", 24, "automator"),
    ("fan", 1, "hyouka", "06", "00:03:12.580", 60, "automator"),
)  # fmt: skip

CUTS: tuple[Cut, ...] = (*_DOCUMENTED, *(_cut(place, row) for place, row in enumerate(_ROWS, start=1)))
