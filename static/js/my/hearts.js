// Hearts and states wherever titles, loops and videos are shown: kept in this browser, and painted from what it keeps.
import { keep } from "./line.js";
import { lookUp, withNews } from "./news.js";
import { keepInStep } from "./step.js";
import { change, entryOf, inCookie, lastKnown } from "./store.js";

const OF = "[data-heart-kind]";

const within = (part, selector) => [...(part.matches?.(selector) ? [part] : []), ...part.querySelectorAll(selector)];
const entryOfPart = ({ dataset }) => entryOf(dataset.heartKind, dataset.heartSubject);
const lastEpisode = ({ dataset }) => (dataset.lastEpisode ? Number(dataset.lastEpisode) : null);

// A link to the form of one thing becomes a button; a card that has none gets one in its corner.
const asButton = (link) => {
  const button = document.createElement("button");
  for (const { name, value } of link.attributes) if (name !== "href") button.setAttribute(name, value);
  button.type = "button";
  button.append(...link.childNodes);
  link.replaceWith(button);
};
const cornerOf = (card) => {
  const button = document.getElementById("heart").content.firstElementChild.cloneNode(true);
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${[...card.querySelectorAll("a")].at(-1).textContent.trim()}`);
  card.append(button);
};
const dress = (part) => {
  const heart = within(part, ".heart")[0];
  if (heart?.matches("a")) asButton(heart);
  else if (!heart && part.matches(".card, .tile, .vid")) cornerOf(part);
  for (const select of part.querySelectorAll("[data-state]")) {
    select.hidden = false;
    select.previousElementSibling.hidden = true;
  }
};

const paint = (part) => {
  const entry = entryOfPart(part);
  for (const heart of within(part, ".heart")) heart.setAttribute("aria-pressed", String(entry?.heart === true));
  for (const select of part.querySelectorAll("[data-state]")) select.value = entry?.state ?? "";
};

// Who sees a title's page has seen how far it has got.
const noteSeen = (part) => {
  const [entry, last] = [entryOfPart(part), lastEpisode(part)];
  if (entry && last !== null && (entry.seen === null || entry.seen < last)) change({ ...entry, seen: last });
};

const take = (whole) => {
  for (const part of within(whole, OF)) dress(part);
  for (const part of within(whole, OF)) paint(part);
  for (const part of within(whole, "[data-here]")) noteSeen(part);
};

const keepOf = (part, edit) => {
  const { heartKind: kind, heartSubject: subject } = part.dataset;
  keep({ ...(lastKnown(kind, subject) ?? { kind, subject, seen: lastEpisode(part) }), ...edit });
};

const showNews = () => {
  const way = document.querySelector("[data-my]"); // another one after a page came from history
  const n = withNews().length;
  way.toggleAttribute("data-new", n > 0);
  way.setAttribute("aria-label", n ? way.dataset.news.replace("{n}", n) : way.dataset.label);
};
const show = () => {
  for (const part of document.querySelectorAll(OF)) paint(part);
  showNews();
};

if (!inCookie) {
  document.addEventListener("click", (event) => {
    const heart = event.target.closest("button.heart");
    if (heart) keepOf(heart.closest(OF), { heart: heart.getAttribute("aria-pressed") !== "true" });
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-state]")) keepOf(target.closest(OF), { state: target.value });
  });
  addEventListener("list-changed", show);
  addEventListener("list-news", showNews);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) show(); });
  document.addEventListener("htmx:load", ({ detail }) => { if (detail.elt !== document.body) take(detail.elt); });
  document.addEventListener("htmx:historyRestore", () => {
    take(document);
    showNews();
  });

  const { address, latest } = document.querySelector("[data-my]").dataset;
  keepInStep(address);
  take(document);
  showNews();
  lookUp(latest);
}
