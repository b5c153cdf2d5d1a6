// The title's page: what was seen, and where to go on.
import { keepBoards } from "./board.js";
import { clock, fill } from "./clock.js";
import { continueOf } from "./history.js";

keepBoards();

const show = () => {
  const board = document.querySelector("[data-board]");
  const go = board && continueOf(board.dataset.board);
  const link = go && [...board.querySelectorAll("a[data-key]")].find((each) => each.dataset.key === go.key);
  for (const place of document.querySelectorAll("[data-continue-link]")) {
    place.dataset.first ??= place.getAttribute("href");
    place.href = link ? link.href : place.dataset.first;
    const words = !link ? place.dataset.words : go.at
      ? fill(place.dataset.from, { n: go.label, time: clock(go.at) })
      : fill(place.dataset.next, { n: go.label });
    const head = link && place.dataset.continue;
    if (place.hasAttribute("aria-label")) place.setAttribute("aria-label", head ? `${head}: ${words}` : words);
    else place.querySelector("[data-put]").textContent = words;
    const title = place.querySelector("[data-head]");
    if (title) title.textContent = head || place.dataset.watch;
  }
};
addEventListener("history-changed", show);
show();
