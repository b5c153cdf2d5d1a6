// The front page: what this browser was in the middle of.
import { clock, fill } from "./clock.js";
import { lately } from "./history.js";
import { keepShelves } from "./shelf.js";

const MOST = 6;
const section = document.querySelector("[data-lately]");

const isPicture = (address) => {
  const url = URL.parse?.(address, location.href);
  return url ? ["http:", "https:"].includes(url.protocol) : false;
};

const addressOf = ({ slug, go }) => section.dataset.address
  .replace("SLUG", encodeURIComponent(slug))
  .replace("KEY", encodeURIComponent(go.key));

const card = (title) => {
  const copy = section.querySelector("template").content.cloneNode(true);
  const [link, image, sub, bar] = ["a", "img", ".sub", ".bar"].map((part) => copy.querySelector(part));
  link.textContent = title.name;
  link.href = addressOf(title);
  const drawn = section.dataset.poster.replace("SLUG", encodeURIComponent(title.slug));
  image.src = isPicture(title.poster) ? title.poster : drawn;
  image.dataset.fallback = drawn;
  const { label, at, of } = title.go;
  sub.textContent = fill(at ? section.dataset.from : section.dataset.next, { n: label, time: clock(at) });
  bar.style.setProperty("--v", `${of ? Math.min(100, (at / of) * 100) : 0}%`);
  return copy;
};

const show = () => {
  const titles = lately(MOST);
  section.querySelector("[data-cards]").replaceChildren(...titles.map(card));
  section.hidden = titles.length === 0;
};

if (section) {
  keepShelves();
  addEventListener("history-changed", show);
  show();
}
