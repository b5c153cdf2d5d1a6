// The player's page: what was planned can be put down as being watched once it plays, and as watched after its last end.
import { keep } from "./line.js";
import { entryOf } from "./store.js";

const place = document.querySelector("[data-offer]");
const video = document.querySelector("[data-player] video");

const close = () => {
  place.hidden = true;
  video.closest("[data-player]").focus({ preventScroll: true }); // the button that had it is gone
};

const offer = (to, ...from) => {
  const entry = entryOf("title", place.dataset.offer);
  if (!from.includes(entry?.state) || place.dataset.refused === to) return;
  const [words, yes, no] = place.querySelectorAll("p, button");
  words.textContent = place.dataset[to];
  yes.onclick = () => {
    keep({ ...entryOf("title", place.dataset.offer), kind: "title", subject: place.dataset.offer, state: to });
    close();
  };
  no.onclick = () => {
    place.dataset.refused = to;
    close();
  };
  place.hidden = false;
};

if (place && video) {
  video.addEventListener("play", () => offer("watching", "planned"));
  if (place.hasAttribute("data-last")) video.addEventListener("ended", () => offer("watched", "planned", "watching"));
}
