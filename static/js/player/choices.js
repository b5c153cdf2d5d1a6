// How this viewer likes to watch, in every episode.
const KEY = "animesite.player";
const USUAL = { version: 1, quality: "auto", rate: 1, volume: 1, muted: false, next: true, skip: false };

const fits = (name, value) => {
  if (typeof value !== typeof USUAL[name]) return false;
  if (name === "rate") return value >= 0.25 && value <= 4;
  if (name === "volume") return value >= 0 && value <= 1;
  return true;
};

const read = () => {
  try {
    const given = JSON.parse(localStorage.getItem(KEY)) ?? {};
    if (given.version !== USUAL.version) return {};
    return Object.fromEntries(Object.entries(given).filter(([name, value]) => name in USUAL && fits(name, value)));
  } catch {
    return {};
  }
};

export const choices = { ...USUAL, ...read() };

export const choose = (name, value) => {
  choices[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // it counts for this page
  }
};
