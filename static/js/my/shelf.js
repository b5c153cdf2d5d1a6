// The front page: what came out of what is being watched.
import { drawn, tellOf } from "./cards.js";
import { withNews } from "./news.js";

const MOST = 6;
const shelf = document.querySelector("[data-my-shelf]");
const put = shelf.querySelector("[data-put]");

let turn = 0; // of drawing: the latest counts

// Boxes first: nothing moves once the cards are there.
const show = async () => {
  const mine = (turn += 1);
  const entries = withNews().sort((one, other) => other.changed - one.changed).slice(0, MOST);
  shelf.hidden = entries.length === 0;
  if (shelf.hidden) return;
  put.replaceChildren(...entries.map(() => Object.assign(document.createElement("li"), { className: "fav box" })));
  try {
    const body = await drawn(shelf.dataset.cards, entries);
    if (mine !== turn) return;
    const items = [...body.querySelectorAll("section[aria-labelledby=my-watching] li.fav")];
    for (const own of items.flatMap((item) => [...item.querySelectorAll(".mine")])) own.remove();
    put.replaceChildren(...items);
    tellOf(put);
  } catch {
    if (mine === turn) shelf.hidden = true;
  }
};

// What is heard of too late for that waits for the next time, unless its place is yet to be scrolled to.
const isFree = () => !shelf.hidden || shelf.nextElementSibling.getBoundingClientRect().top > innerHeight;
addEventListener("list-news", () => { if (isFree()) show(); });
addEventListener("list-changed", () => { if (!shelf.hidden) show(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted && isFree()) show(); });
show();
