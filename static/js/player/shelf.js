// The history as a file: saved, loaded, forgotten.
import { exported, forget, imported } from "./history.js";
import { fill } from "./clock.js";

const save = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  link.download = `animesite-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

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
