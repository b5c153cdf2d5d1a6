// Entries of the list as the site draws them; it keeps nothing of what it is asked.
import { written } from "./store.js";

/** A ``body`` of sections, each with its list of things. */
export const drawn = async (address, entries) => {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: written(entries), credentials: "omit" });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
};

/** Other scripts hear of what was put into ``part``. */
export const tellOf = (part) => {
  htmx.process(part);
  htmx.trigger(part, "htmx:load");
};
