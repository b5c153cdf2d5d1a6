// The cookie of who came without scripts: the browser keeps the list from now on.
import { noteChange } from "./step.js";
import { isKept, join } from "./store.js";

// What was taken once and could not be handed over is not taken again, or it would bring back what was removed since.
const TAKEN = "animesite.list.taken";

const handOver = (address) => {
  const [token] = document.getElementsByName("csrfmiddlewaretoken");
  return fetch(address, { method: "POST", headers: { "X-CSRFToken": token.value } }).catch(() => null);
};

/** Throws a RangeError where there is no room for what the cookie of this page has. */
export const takeOver = async (address) => {
  if (!isKept()) return;
  const given = document.getElementById("my-kept").textContent;
  if (!JSON.parse(given).entries.length) return void localStorage.removeItem(TAKEN);
  if (localStorage.getItem(TAKEN) !== given) {
    join(given);
    if (!isKept()) return;
    noteChange();
    try {
      localStorage.setItem(TAKEN, given);
    } catch {
      // no room for both: it is handed over all the same
    }
  }
  if ((await handOver(address))?.ok) localStorage.removeItem(TAKEN);
};
