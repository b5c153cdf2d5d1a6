// The history as a file: saved, loaded, forgotten.
import { download } from "../download.js";
import { fill } from "./clock.js";
import { exported, forget, imported } from "./history.js";

const save = () => download("animesite", exported());

const keepShelf = (shelf) => {
  const say = (words) => { shelf.querySelector("[role=status]").textContent = words; };
  const file = shelf.querySelector("input[type=file]");
  shelf.querySelector("[data-save]").addEventListener("click", save);
  shelf.querySelector("[data-load]").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      say(fill(shelf.dataset.loaded, { n: imported(await chosen.text()) }));
    } catch {
      say(shelf.dataset.unreadable);
    }
    file.value = "";
  });
  shelf.querySelector("[data-forget]").addEventListener("click", () => {
    if (!confirm(shelf.dataset.sure)) return;
    forget();
    say(shelf.dataset.forgotten);
  });
  shelf.hidden = false;
};

export const keepShelves = () => { for (const shelf of document.querySelectorAll("[data-shelf]")) keepShelf(shelf); };
