// What became of the list, in the line that every page has for it.
import { change, entryOf, isKept } from "./store.js";

const SPEAK_FOR = 8000; // milliseconds

let silence;
const say = (which, loud = false) => {
  const line = document.querySelector("[data-hearts]"); // another one after a page came from history
  line.textContent = line.dataset[which];
  line.toggleAttribute("data-loud", loud);
  clearTimeout(silence);
  silence = setTimeout(() => { line.textContent = ""; }, SPEAK_FOR);
};

/** ``edit``: what becomes of which ``kind`` and ``subject``. */
export const keep = (edit) => {
  if (!change(edit)) say("full", true);
  else if (!isKept()) say("lost", true);
  else say(entryOf(edit.kind, edit.subject) ? "kept" : "removed");
};
