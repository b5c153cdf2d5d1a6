// What came out since: looked up in a list that is the same for everybody, now and then, by who is watching anything.
import { read } from "./store.js";

const KEY = "animesite.latest";
const EVERY = 15 * 60_000; // milliseconds

let heard = null; // where the browser lets nothing be stored

const latest = () => {
  try {
    const { at, episodes } = heard ?? JSON.parse(localStorage.getItem(KEY));
    return Number.isFinite(at) && episodes ? { at, episodes } : { at: 0, episodes: {} };
  } catch {
    return { at: 0, episodes: {} };
  }
};

const remember = (news) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(news));
  } catch {
    heard = news;
  }
};

const watched = () => [...read().values()].filter(({ state, seen }) => state === "watching" && seen !== null);

/** The entries of what is being watched that have episodes which were not there when it was last seen. */
export const withNews = () => {
  const { episodes } = latest();
  return watched().filter(({ subject, seen }) => Object.hasOwn(episodes, subject) && episodes[subject] > seen);
};

export const lookUp = async (address) => {
  if (!watched().length || Math.abs(Date.now() - latest().at) < EVERY) return;
  const answer = await fetch(address, { credentials: "omit" }).catch(() => null);
  const episodes = answer?.ok ? await answer.json() : {};
  if (!Object.keys(episodes).length) return; // nobody knows any just now
  remember({ at: Date.now(), episodes });
  dispatchEvent(new Event("list-news"));
};
