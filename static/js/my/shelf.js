// The front page: what came out of what is being watched.
import { drawn, tellOf } from "./cards.js";
import { withNews } from "./news.js";

const MOST = 6;
const shelf = document.querySelector("[data-my-shelf]");
const put = shelf.querySelector("[data-put]");

// Boxes first: nothing moves once the cards are there.
const show = async () => {
  const entries = withNews().sort((one, other) => other.changed - one.changed).slice(0, MOST);
  shelf.hidden = entries.length === 0;
  if (shelf.hidden) return;
  put.replaceChildren(...entries.map(() => Object.assign(document.createElement("li"), { className: "fav box" })));
  try {
    const body = await drawn(shelf.dataset.cards, entries);
    const items = [...body.querySelectorAll("section[aria-labelledby=my-watching] li.fav")];
    for (const own of items.flatMap((item) => [...item.querySelectorAll(".mine")])) own.remove();
    put.replaceChildren(...items);
    tellOf(put);
  } catch {
    shelf.hidden = true;
  }
};

// What is heard of too late for that waits for the next time, unless its place is yet to be scrolled to.
addEventListener("list-news", () => { if (!shelf.hidden || shelf.nextElementSibling.getBoundingClientRect().top > innerHeight) show(); });
addEventListener("list-changed", () => { if (!shelf.hidden) show(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) show(); });
show();
