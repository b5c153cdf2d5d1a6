"""What is posted: the document's example and one post at least for every oddity that real answers had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

ALT_TEXT_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """``account`` and ``clip`` are keys. ``age`` is the time from posting to the beginning of the demo's day.

    ``off`` names what is missing or switched off: ``file``, ``duration``, ``size``, ``sound``, ``comments``, ``embed``.
    ``on`` names what is not usual: ``pinned``, ``sensitive``, ``edited``, ``ai``, ``ad``, ``download``, ``duet``,
    ``stitch``.
    """

    account: str
    clip: str
    caption: str | None
    age: timedelta
    likes: int
    tags: tuple[str, ...] = ()
    lang: str | None = None
    alt: str | None = None
    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()


def _post(
    account: str,
    clip: str,
    caption: str | None,
    days: float,
    likes: int,
    tags: str = "",
    *,
    lang: str | None = "en",
    alt: str | None = None,
    off: str = "",
    on: str = "",
) -> Post:
    return Post(
        account=account,
        clip=clip,
        caption=caption,
        age=timedelta(days=days),
        likes=likes,
        tags=tuple(tags.split()),
        lang=lang,
        alt=alt,
        off=frozenset(off.split()),
        on=frozenset(on.split()),
    )


_EVERY_SECOND = " ".join(
    f"Second {second}: the gondola with the striped roof is at {clock} o'clock, and the lamps below it take turns."
    for second, clock in enumerate((12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) * 2, start=1)
)[:ALT_TEXT_LIMIT]

_LETTER = (
    "Long post from the other side of the federation, sorry in advance.\n\n"
    "We drew this one on the night train from the north. The lamp above the table flickers every eleven frames, and it "
    "took me until the second station to understand that the loop had to flicker with it or it would never close.\n\n"
    "So the rule for the week: measure the room before you measure the drawing. The kettle boils in four minutes, the "
    "conductor passes twice an hour, the poles come by at almost exactly one second each. Everything that is regular "
    "outside can be the loop inside, and everything that is not has to stay out of the window.\n\n"
    "The second thing is about edges. The first and the last frame do not have to be equal, they have to be "
    "neighbours: if the next step after the last one is the first one, nobody sees the seam. People look for two equal "
    "pictures, find them, and then wonder why the wheel stops for a blink each turn.\n\n"
    "Third, and then I let you go: leave one thing that never moves. A cup, a coat on a hook, a number on the door. "
    "The eye rests there and forgives the rest.\n\n"
    "Sheets, timing chart and the colour script are on my page; copy what you like, tell me what you changed. Thanks "
    "to @sora.cels for the clouds and to everyone who waited through three drafts of the same forty frames."
)

POSTS: tuple[Post, ...] = (
    _post("needle", "vinyl-tall", "Side A of the Bebop reissue, first play", 0.4, 902, "vinyl cowboybebop", on="ad"),
    _post(
        "bowl", "ramen-tall", "The ramen from episode 8, made for real", 1.3, 5120, "рецепт naruto", on="duet stitch"
    ),
    _post("matsuri", "hanabi-tall", "Фестиваль в Нагаоке, третий залп", 1.6, 764, "hanabi", lang="ru"),
    _post(
        "frame",
        "speed-tall",
        "Как рисуют линии скорости: три кадра по кругу",
        2.2,
        2210,
        "sakuga туториал",
        lang="ru",
        on="ai",
    ),
    _post("rail", "crossing-tall", "Тот самый переезд", 2.7, 430, "seichi", lang="ru"),
    _post("mika", "train-tall", _LETTER, 3.1, 318, "process loops"),
    _post(
        "frame",
        "eye-tall",
        "🌊🌊👁️ thanks @sora.cels for the paint, @needle_drop for the hum and @mika@tube.example for the seam",
        3.8,
        1404,
        "sakuga process",
        on="edited",
    ),
    _post("taipei", "night-tall", "頂樓的夜晚，二十秒就夠了。", 4.4, 655, "夜景 動畫", lang="zh-TW"),
    _post(
        "hoshi",
        "stars-tall",
        "星が流れるまで、あと少し。",
        5.2,
        1180,
        "星空 sakuga",
        lang="ja",
        alt="A small tent under a sky full of stars; one of them falls.",
    ),
    _post("quiet", "furin-tall", None, 5.9, 77, lang=None),
    _post(
        "neko",
        "cat-square",
        "Он смотрит на дождь.\nЯ смотрю на него.\n\nТак и живём.",
        6.3,
        8123,
        "кот дождь",
        lang="ru",
        on="download",
    ),
    _post("neko", "cat-tall", "Хвост живёт отдельно", 9.5, 1_234_567, "кот", lang="ru", on="download pinned"),
    _post("layout", "grass-tall", '<b>bold</b> & <script>alert("caption")</script> "quotes" \'too\'', 10.1, 41, "html"),
    _post(
        "layout",
        "fan-tall",
        "Timing sheet: https://example.org/sheets?scene=fan&take=3 (and the old one: http://example.org/a_b)",
        11.6,
        265,
        "process",
        on="edited",
    ),
    _post(
        "matsuri",
        "ferris-tall",
        "Колесо обозрения, без звука: так и задумано",
        12.4,
        512,
        "hanabi огни",
        lang="ru",
        alt=_EVERY_SECOND,
        off="sound",
    ),
    _post(
        "lena", "sea-wide", "Море в широком кадре. Телефон поверните, море не повернуть.", 13.3, 96, "море", lang="ru"
    ),
    _post("rail", "crossing-night-tall", "Last train, gates down", 14.8, 0, "seichi lasttrain"),
    _post("quiet", "koi-tall", "shh", 16.2, 388, "koi", off="comments"),
    _post("needle", "vinyl-square", "B-sides are squares, too", 17.7, 1033, "vinyl", on="stitch"),
    _post("matsuri", "petals-tall", "Ночь, лепестки и один фонарь", 19.1, 690, "spoilers", lang="ru", on="sensitive"),
    _post(
        "frame",
        "stage-tall",
        "Nine lights, one switch 🎤 @dansup asked how: @dansup, that is how",
        21.5,
        3350,
        "sakuga stage",
        on="download duet stitch",
    ),
    _post("hoshi", "cumulus-wide", "入道雲、横長で。", 24.9, 274, "雲", lang="ja"),
    _post("layout", "rain-tall", "مطر على النافذة، والدائرة تكتمل כאן וגם 123 שם", 27.2, 58, "rain", lang="ar"),
    _post("mika", "petals-tall", "Spring, borrowed from @lena.k@fedi.example", 30.6, 147, "petals loops"),
    _post("bowl", "ramen-tall", "Бульон кипит ровно три секунды 🍜", 33.4, 2044, "рецепт", lang="ru", off="embed"),
    _post(
        "layout",
        "train-evening-tall",
        "Still being encoded, come back in a minute",
        36.1,
        12,
        "process",
        off="file duration size",
    ),
    _post("quiet", "sea-tall", None, 41.8, 203, "море", lang=None, off="sound"),
    _post("taipei", "crossing-night-tall", "平交道，等。", 47.3, 318, "夜景", lang="zh-TW", off="duration"),
    _post(
        "rail",
        "train-tall",
        "Ходит по расписанию: двенадцать кадров в секунду",
        55.6,
        1290,
        "seichi поезд",
        lang="ru",
        on="pinned",
    ),
    _post("hoshi", "stars-tall", "二年前の空をもう一度", 68.2, 431, "星空", lang="ja", off="size"),
    _post("neko", "furin-tall", "Ветер есть, звука нет", 83.9, 950, "лето", lang="ru", off="sound"),
    _post(
        "needle",
        "vinyl-tall",
        "Unboxing, contains the label's own AI cover art. Sponsored by nobody you know",
        101.4,
        86,
        "vinyl",
        on="ai ad sensitive edited",
    ),
    _post(
        "lena", "koi-tall", "Пруд за домом бабушки: @matsuri_cam, приезжай снимать!", 133.7, 64, "koi лето", lang="ru"
    ),
    _post("bowl", "ramen-tall", "Day 100 of the same bowl", 170.5, 15_700, "рецепт process", on="pinned edited"),
    _post("matsuri", "hanabi-tall", "First post. Hello, loops!", 232.3, 29, "hanabi"),
)

# Everybody's example: it keeps the document's number, figures and date.
DOCUMENTED = _post("dansup", "sea-tall", "Wow!", 0, 327, lang=None, on="pinned edited")
DOCUMENTED_ID = "107099161459215690"

# Its author was suspended: lists still carry it, with an empty account.
ORPHAN = _post("gone", "grass-tall", "By the time you see this I am gone", 8.8, 4040, "process")
