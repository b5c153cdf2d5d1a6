"""What each series is about, in our own words; some carry the markup that the upstream's texts carry."""

from __future__ import annotations

DESCRIPTIONS: dict[str, str] = {
    "lovelive": (
        "Nine schoolgirls have saved their school and could rest. Then a second contest is announced, and for "
        "those who graduate in spring it is the last one."
    ),
    "natsume": (
        "A boy who sees spirits inherits a book with their names. One by one he gives the names back, with a cat "
        "of doubtful temper as his bodyguard."
    ),
    "bebop": (
        "Four bounty hunters, a very clever dog and an old fishing ship. Jazz, debts and a past that catches up "
        "between two jobs."
    ),
    "kotonoha": (
        "On rainy mornings a pupil who wants to make shoes and a woman who cannot go to work share the same bench "
        "in a park."
    ),
    "dennou-coil": (
        "Children with augmented glasses hunt for bugs in an old town where the virtual layer has begun to forget "
        "what it covers.<br><br>Everyone has a dog. Not every dog is there."
    ),
    "little-witch": (
        "A girl without a drop of magic in her family enters a school of witches, because of one show that she "
        "saw as a child."
    ),
    "tsuki": "Two third-year pupils fall in love for the first time and write more than they say.",
    "non-non-okinawa": "Five pupils of a village school win a trip to the sea, and packing is already an adventure.",
    "shigatsu": "A pianist who no longer hears himself play meets a violinist who plays as she likes.",
    "mushishi": (
        "A wanderer looks after people who have met what is neither plant nor animal. He seldom brings a cure, "
        "always an explanation."
    ),
    "uchiage": "Are fireworks round or flat? Whoever asks on the evening of the festival may live it again.",
    "barakamon": (
        "A calligrapher with a temper is sent to an island to calm down. The island has other plans & a seven-year-old "
        "to carry them out."
    ),
    "sora": "Four girls who have never been anywhere decide to go to Antarctica, and then really go.",
    "umaru": "A model pupil outside, a hamster with a cola bottle at home. Only her brother knows both.",
    "one-punch": "A hero who wins every fight with the first blow looks for one that lasts longer than the walk to it.",
    "chihayafuru": "A hundred poems, two players, and a card that must be taken before its first syllable is over.",
    "yuru-camp": (
        "Tents, noodles and Mount Fuji out of season: one girl likes to camp alone, another likes to camp with her."
    ),
    "durarara": (
        "A district of Tokyo where a gang has no colour, a courier has no head and everyone is in the same chat."
    ),
    "mushishi-zoku": "The wanderer is on his way again, and the seasons have not become kinder.",
    "hyouka": (
        "A boy who saves energy on principle meets a girl who is curious on principle. The small mysteries of a "
        "school festival do the rest."
    ),
    "k-on": (
        "The light music club is in its last school year. There is cake, there is tea, now and then there is music."
    ),
    "champloo": "A waitress hires two swordsmen who would rather duel to find a samurai who smells of sunflowers.",
    "kimi-no-na-wa": (
        "A girl from the mountains and a boy from Tokyo wake up as each other and leave notes on what they did."
    ),
    "frieren": (
        "The demon king is beaten, the heroes grow old, and the elf among them notices only then how short ten "
        "years are."
    ),
}
