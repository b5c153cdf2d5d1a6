// What this browser remembers of what was watched. It stays in the browser; a file carries it elsewhere.
const KEY = "animesite.history";
const VERSION = 1;
const MOST_TITLES = 300;
const MOST_EPISODES = 10_000;
const LONGEST_TEXT = 500;
const LONGEST_FILE = 5_000_000;
const SEEN_FROM = 0.9; // of its length
const SHORTEST_START = 3; // seconds: who left before has not begun

let kept = null; // where the browser lets nothing be stored, for as long as the page is open

const text = (value) => (typeof value === "string" ? value.slice(0, LONGEST_TEXT) : "");
const seconds = (value) => (Number.isFinite(value) && value > 0 && value < 1e6 ? Math.round(value * 10) / 10 : 0);
const moment = (value) => (Number.isFinite(value) && value > 0 && value <= Date.now() + 86_400_000 ? Math.round(value) : 0);
const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

const cleanEpisode = (episode) => ({
  label: text(episode.label),
  at: seconds(episode.at),
  of: seconds(episode.of),
  seen: episode.seen === true,
  when: moment(episode.when),
});

const cleanSpan = (span) => {
  const [from, to] = Array.isArray(span) ? span.map(seconds) : [];
  return to > from ? [from, to] : null;
};

const cleanNext = (next) => (isPlain(next) && text(next.key) ? { key: text(next.key), label: text(next.label) } : null);

const cleanTitle = (title) => {
  const episodes = new Map();
  for (const [key, episode] of Object.entries(isPlain(title.episodes) ? title.episodes : {})) {
    if (isPlain(episode)) episodes.set(text(key), cleanEpisode(episode));
  }
  return {
    slug: text(title.slug),
    name: text(title.name),
    poster: text(title.poster),
    last: text(title.last),
    next: cleanNext(title.next),
    opening: cleanSpan(title.opening),
    when: moment(title.when),
    episodes,
  };
};

// Whatever stands in the store or in a file: what cannot be understood is left out.
const parse = (words) => {
  const titles = new Map();
  const given = JSON.parse(words);
  if (!isPlain(given) || given.version !== VERSION || !isPlain(given.titles)) throw new TypeError("not a history");
  for (const [id, title] of Object.entries(given.titles)) {
    if (/^\d{1,9}$/.test(id) && isPlain(title) && text(title.slug)) titles.set(id, cleanTitle(title));
  }
  return bounded(titles);
};

const bounded = (titles) => {
  const result = new Map();
  let episodes = 0;
  for (const [id, title] of byTime(titles)) {
    episodes += title.episodes.size;
    if (result.size === MOST_TITLES || (result.size && episodes > MOST_EPISODES)) break;
    result.set(id, title);
  }
  return result;
};

const byTime = (titles) => [...titles].sort(([, one], [, other]) => other.when - one.when);

const written = (titles) => {
  const plain = {};
  for (const [id, title] of titles) plain[id] = { ...title, episodes: Object.fromEntries(title.episodes) };
  return JSON.stringify({ version: VERSION, titles: plain });
};

const read = () => {
  try {
    return parse(kept ?? localStorage.getItem(KEY) ?? "");
  } catch {
    return new Map();
  }
};

const write = (titles) => {
  const words = written(bounded(titles));
  try {
    localStorage.setItem(KEY, words);
    kept = null;
  } catch {
    kept = words;
  }
  dispatchEvent(new Event("history-changed"));
};

addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) dispatchEvent(new Event("history-changed"));
});

const change = (title, edit) => {
  const titles = read();
  const id = String(title.id);
  const known = titles.get(id) ?? cleanTitle({});
  const entry = { ...known, slug: title.slug, name: title.name, poster: title.poster };
  edit(entry);
  titles.set(id, entry);
  write(titles);
};

const noted = (entry, episode) => {
  const known = entry.episodes.get(episode.key) ?? cleanEpisode({});
  const note = { ...known, label: episode.label };
  entry.episodes.set(episode.key, note);
  return note;
};

export const isSeenAt = (at, of) => of > 0 && at / of >= SEEN_FROM;

/** ``watching``: what the page says of the title, the episode, and the next one or null. */
export const remember = ({ title, episode, next }, at, of) => change(title, (entry) => {
  const note = noted(entry, episode);
  Object.assign(note, { at: seconds(at), of: seconds(of), when: Date.now(), seen: note.seen || isSeenAt(at, of) });
  Object.assign(entry, { last: episode.key, next, when: Date.now() });
});

export const markSeen = ({ title, episode, next }, seen) => change(title, (entry) => {
  Object.assign(noted(entry, episode), { seen, at: 0, when: Date.now() });
  Object.assign(entry, { last: episode.key, next, when: Date.now() });
});

export const setOpening = (title, span) => change(title, (entry) => {
  Object.assign(entry, { opening: cleanSpan(span), when: Date.now() });
});

export const openingOf = (id) => read().get(String(id))?.opening ?? null;
export const episodesOf = (id) => read().get(String(id))?.episodes ?? new Map();

/** Where to begin: not the first seconds, and not the last of what was seen to its end. */
export const resumeAt = (note) => (note && note.at >= SHORTEST_START && !isSeenAt(note.at, note.of) ? note.at : 0);

/** The episode to go on with, ``{key, label, at, of}``, or null where nothing is left that is known of. */
const goOn = (entry) => {
  const last = entry.episodes.get(entry.last);
  if (!last) return null;
  const at = resumeAt(last);
  if (at || !last.seen) return { key: entry.last, label: last.label, at, of: last.of };
  return entry.next && { ...entry.next, at: 0, of: 0 };
};

export const continueOf = (id) => {
  const entry = read().get(String(id));
  return entry ? goOn(entry) : null;
};

/** The titles to go on with, the latest first. */
export const lately = (most) => byTime(read())
  .map(([id, entry]) => ({ id, slug: entry.slug, name: entry.name, poster: entry.poster, go: goOn(entry) }))
  .filter(({ go }) => go)
  .slice(0, most);

export const exported = () => written(read());

/** Join a file's history with this one; of the same episode the later note counts. Returns how many titles it had. */
export const imported = (words) => {
  if (words.length > LONGEST_FILE) throw new RangeError("too long");
  const given = parse(words);
  const titles = read();
  for (const [id, title] of given) titles.set(id, joined(titles.get(id), title));
  write(titles);
  return given.size;
};

const joined = (known, given) => {
  if (!known) return given;
  const [newer, older] = given.when > known.when ? [given, known] : [known, given];
  const episodes = new Map(older.episodes);
  for (const [key, note] of newer.episodes) {
    const other = episodes.get(key);
    if (!other || other.when <= note.when) episodes.set(key, note);
  }
  return { ...newer, opening: newer.opening ?? older.opening, episodes };
};

export const isEmpty = () => read().size === 0;
export const forget = () => write(new Map());
