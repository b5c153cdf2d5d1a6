// A visitor's own list: hearts, states, and how far a title had got when it was last seen. It stays in the browser.
const KEY = "animesite.list";
const KIND = "animesite-list";
const VERSION = 1;
const MOST = 5000;
const LONGEST_FILE = 5_000_000;
const LAST_EPISODE = 1_000_000;
const STATES = ["", "watching", "planned", "watched", "dropped"];
const SUBJECTS = { title: /^[1-9]\d{0,8}$/, loop: /^[0-9a-f]{24}$/, video: /^[\w-]{1,10}$/ };

let kept = null; // where the browser lets nothing be stored, for as long as the page is open
let parsed = { words: "", entries: new Map() };
const removed = new Map(); // since the page was opened: as they were, should they be put back

const now = () => Math.floor(Date.now() / 1000);
const keyOf = ({ kind, subject }) => `${kind}/${subject}`;
const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isWithin = (value, most) => Number.isFinite(value) && value >= 0 && value <= most;

/** The entry, or null where it is none; what claims to come from the future comes from now. */
const clean = (given) => {
  if (!isPlain(given)) return null;
  const { kind, subject, heart, state, added, changed } = given;
  const seen = given.seen < 0 ? 0 : (given.seen ?? null); // a prologue may be numbered below the first episode
  if (!Object.hasOwn(SUBJECTS, kind) || typeof subject !== "string" || !SUBJECTS[kind].test(subject)) return null;
  if (typeof heart !== "boolean" || !STATES.includes(state) || (state && kind !== "title") || !(heart || state)) return null;
  if (seen !== null && !isWithin(seen, LAST_EPISODE)) return null;
  if (!isWithin(added, 2 ** 33) || !isWithin(changed, 2 ** 33)) return null;
  const [began, last] = [added, changed].map((moment) => Math.min(Math.floor(moment), now()));
  return { kind, subject, heart, state, seen, added: began, changed: last };
};

/** What such a file says; a single bad entry is only counted. */
const parse = (words) => {
  const given = JSON.parse(words);
  if (!isPlain(given) || given.version !== VERSION || given.kind !== KIND || !Array.isArray(given.entries)) throw new TypeError("no list");
  const found = given.entries.map(clean).filter(Boolean);
  return { found, refused: given.entries.length - found.length };
};

const further = (one, other) => (one === null || other === null ? (one ?? other) : Math.max(one, other));

/** Of the same thing the later change counts, and what was seen stays seen. */
const merged = (entries, others) => {
  const all = new Map(entries);
  for (const entry of others) {
    const known = all.get(keyOf(entry)) ?? entry;
    const later = entry.changed > known.changed ? entry : known;
    all.set(keyOf(entry), { ...later, seen: further(known.seen, entry.seen) });
  }
  return all;
};

const stored = () => {
  try {
    return kept ?? localStorage.getItem(KEY) ?? "";
  } catch {
    return kept ?? "";
  }
};

/** All entries by "kind/subject". */
export const read = () => {
  const words = stored();
  if (words === parsed.words) return parsed.entries;
  let entries = new Map();
  try {
    entries = merged(entries, parse(words).found.slice(0, MOST));
  } catch {
    // nobody's list
  }
  parsed = { words, entries };
  return entries;
};

export const written = (entries) => JSON.stringify({ version: VERSION, kind: KIND, entries: [...entries] });

const write = (entries) => {
  const words = written(entries.values());
  try {
    localStorage.setItem(KEY, words);
    kept = null;
  } catch {
    kept = words;
  }
  parsed = { words, entries };
  tell(false);
};

// ``detail``: whether another page of the site did it.
const tell = (elsewhere) => dispatchEvent(new CustomEvent("list-changed", { detail: elsewhere }));
addEventListener("storage", ({ key }) => { if (key === KEY || key === null) tell(true); });

export const entryOf = (kind, subject) => read().get(keyOf({ kind, subject })) ?? null;
/** The same also of what was removed since the page was opened, which is no entry now. */
export const lastKnown = (kind, subject) => entryOf(kind, subject) ?? removed.get(keyOf({ kind, subject })) ?? null;
export const latestFirst = () => [...read().values()].sort((one, other) => other.changed - one.changed);

/** ``edits``: what becomes of which ``kind`` and ``subject``. Returns whether there was room for it. */
export const change = (...edits) => {
  const entries = new Map(read());
  for (const edit of edits) {
    const known = lastKnown(edit.kind, edit.subject) ?? { heart: false, state: "", seen: null, added: now() };
    const entry = { ...known, ...edit, seen: further(known.seen, edit.seen ?? null) };
    if (entry.heart !== known.heart || entry.state !== known.state) entry.changed = now(); // to have seen it is no change
    if (entry.heart || entry.state) entries.set(keyOf(entry), entry);
    else {
      entries.delete(keyOf(entry));
      removed.set(keyOf(entry), entry);
    }
  }
  if (entries.size > MOST) return false;
  write(entries);
  return true;
};

/** Join a file's list with this one. A list that gets too long changes nothing. */
export const join = (words) => {
  if (words.length > LONGEST_FILE) throw new RangeError("too long");
  const { found, refused } = parse(words);
  const entries = merged(read(), found);
  if (entries.size > MOST) throw new RangeError("too many");
  if (found.length) write(entries);
  return { taken: found.length, refused };
};

export const forget = () => write(new Map());

/** Whether what is written now is there after the page is left. */
export const isKept = () => {
  try {
    localStorage.setItem(`${KEY}.try`, "");
    localStorage.removeItem(`${KEY}.try`);
    return kept === null;
  } catch {
    return false;
  }
};

/** Whether the list is the one in the cookie, as it is without scripts: nothing else can be kept, and nothing else is. */
export const inCookie = navigator.cookieEnabled && !isKept() && !read().size;
