// The list's own page: what the browser keeps is drawn by the site, and taken along or forgotten here.
import { fill } from "../player/clock.js";
import { drawn, tellOf } from "./cards.js";
import { save } from "./file.js";
import { keep } from "./line.js";
import { noteAddress } from "./step.js";
import { change, entryOf, forget, inCookie, isKept, join, latestFirst, written } from "./store.js";
import { takeOver } from "./takeover.js";

const AT_ONCE = 500; // entries in one question
const BOXES = 12; // that stand in until the cards are there
const SECTIONS = ["my-hearts", "my-watching", "my-planned", "my-watched", "my-dropped"];

const keeping = document.querySelector("[data-keeping]");
const list = document.getElementById("my-list");
const states = document.getElementById("my-states");
const words = keeping.dataset;
const say = (text) => { keeping.querySelector("[role=status]").textContent = text; };

const boxes = (n) => {
  const shelf = document.createElement("ul");
  shelf.className = "favs boxes";
  for (let place = 0; place < Math.min(n, BOXES); place += 1) shelf.append(document.createElement("li"));
  return shelf;
};

const nameOf = (section) => section.getAttribute("aria-labelledby");
const joined = (bodies) => {
  const sections = new Map();
  for (const section of bodies.flatMap((body) => [...body.children])) {
    const known = sections.get(nameOf(section));
    if (known) known.querySelector("ul").append(...section.querySelector("ul").children);
    else sections.set(nameOf(section), section);
  }
  return [...sections.values()].sort((one, other) => SECTIONS.indexOf(nameOf(one)) - SECTIONS.indexOf(nameOf(other)));
};

const stateOf = (name) => {
  const select = states.content.firstElementChild.cloneNode(true);
  select.setAttribute("aria-label", `${select.getAttribute("aria-label")}: ${name}`);
  return select;
};

let turn = 0; // of drawing: the latest counts
const draw = async () => {
  const mine = (turn += 1);
  const entries = latestFirst();
  if (!list.querySelector("section")) list.replaceChildren(boxes(entries.length));
  list.dataset.drawn = "";
  list.setAttribute("aria-busy", "true");
  try {
    const bodies = [];
    do bodies.push(await drawn(words.cards, entries.splice(0, AT_ONCE)));
    while (entries.length && mine === turn);
    if (mine !== turn) return;
    list.replaceChildren(...joined(bodies));
    for (const own of list.querySelectorAll("[data-remove]")) own.hidden = false;
    for (const way of list.querySelectorAll("[data-change]")) way.hidden = true;
    for (const pick of list.querySelectorAll(".pick")) pick.append(stateOf(pick.closest(".mine").dataset.name));
    count();
    tellOf(list);
  } catch {
    if (mine === turn) list.replaceChildren(document.getElementById("my-sorry").content.cloneNode(true));
  } finally {
    if (mine === turn) list.removeAttribute("aria-busy");
  }
};

// What was changed here stays in its place until the page is opened again, so that it can be changed back.
const isHere = (item, section) => {
  const entry = entryOf(item.dataset.kind, item.dataset.subject);
  return Boolean(entry) && (section === "my-hearts" ? entry.heart : `my-${entry.state}` === section);
};
const count = () => {
  for (const section of list.querySelectorAll("section[aria-labelledby]")) {
    const items = [...section.querySelectorAll("li.fav")];
    for (const item of items) item.classList.toggle("left", !isHere(item, nameOf(section)));
    section.querySelector(".sec-h .num").textContent = items.filter((item) => !item.matches(".left")).length;
  }
};

// The file.
const load = async (form) => {
  const [chosen] = form.elements.file.files;
  if (!chosen) return;
  try {
    const { taken, refused } = join(await chosen.text());
    say(fill(refused ? words.loadedSome : words.loaded, { n: taken, refused }));
    draw();
  } catch (error) {
    say(error instanceof RangeError ? words.tooLong : words.unreadable);
  }
  form.reset();
};

const seeAll = () => {
  if (!list.querySelector("section")) return; // not there yet, or not at all
  const edits = new Map();
  for (const card of list.querySelectorAll(".card[data-last-episode]")) {
    const { heartKind: kind, heartSubject: subject, lastEpisode } = card.dataset;
    if (isHere(card.closest("li"), nameOf(card.closest("section")))) edits.set(subject, { kind, subject, seen: Number(lastEpisode) });
  }
  change(...edits.values());
  say(words.allSeen);
  draw();
};

const begin = async () => {
  list.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove]");
    if (!remove) return;
    const { kind, subject } = remove.closest("li").dataset;
    keep({ kind, subject, heart: false, state: "" });
  });
  keeping.addEventListener("click", (event) => {
    if (!event.target.closest("[data-save]")) return;
    event.preventDefault();
    save();
  });
  keeping.addEventListener("change", ({ target }) => { if (target.type === "file") load(target.form); });
  keeping.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches("[data-load]")) load(event.target);
    else seeAll();
  });
  addEventListener("list-changed", ({ detail: elsewhere }) => {
    if (!elsewhere) count();
    else if (document.visibilityState === "visible") draw();
    else document.addEventListener("visibilitychange", draw, { once: true });
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) draw(); });

  // The address for feed readers: it is made of what stands here now.
  const place = document.getElementById("address");
  noteAddress(place.hasAttribute("data-there"));
  place.addEventListener("submit", ({ target }) => {
    if (target.elements.entries) target.elements.entries.value = written(latestFirst());
  });

  document.documentElement.dataset.list = "own";
  if (words.forgotten) {
    forget();
    document.cookie = `${words.forgotten}=; path=/; max-age=0`;
  }
  await takeOver(words.handedOver).catch(() => say(words.tooLong));
  if (!isKept()) say(words.lost);
  draw();
};

if (inCookie) document.documentElement.dataset.list = "cookie"; // which stays as the site made it
else begin();
