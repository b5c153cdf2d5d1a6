// The private address, where the visitor asked for one, follows the list; where nobody asked, nothing is sent.
import { latestFirst, read, written } from "./store.js";

const KEY = "animesite.address";
const [BEHIND, IN_STEP] = ["behind", "in step"];
const WAIT = 2000; // milliseconds, for more changes to come

const known = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

/** ``state``: null where there is no address. */
const note = (state) => {
  try {
    if (state) localStorage.setItem(KEY, state);
    else localStorage.removeItem(KEY);
  } catch {
    // the address stays as it was made
  }
};

/**
 * What the list's page says: whether this browser has an address. One that is new here is told the list once, unless
 * there is none: the browser may have lost it, which is no reason to take it from those who read the address.
 */
export const noteAddress = (there) => note(there ? (known() ?? (read().size ? BEHIND : IN_STEP)) : null);
export const noteChange = () => { if (known()) note(BEHIND); };

export const keepInStep = (address) => {
  let timer = 0;
  const send = async (keepalive) => {
    clearTimeout(timer);
    timer = 0;
    const headers = { "Content-Type": "application/json" };
    const body = written(latestFirst());
    const answer = await fetch(address, { method: "PUT", headers, body, keepalive }).catch(() => null);
    if (answer?.status === 204 && !timer) note(IN_STEP);
    if (answer?.status === 404) note(null);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(send, WAIT, false);
  };
  addEventListener("list-changed", ({ detail: elsewhere }) => {
    if (elsewhere || !known()) return;
    noteChange();
    soon();
  });
  addEventListener("pagehide", () => { if (timer) send(true); });
  if (known() === BEHIND) soon();
};
