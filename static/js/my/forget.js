// The page that asks whether all is to be forgotten: what is saved and forgotten there is what the browser keeps.
import { save } from "./file.js";
import { forget, inCookie } from "./store.js";
import { takeOver } from "./takeover.js";

const link = document.querySelector("[data-save]");

if (!inCookie) {
  link.closest("form").addEventListener("submit", forget);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    save();
  });
  takeOver(link.dataset.handedOver).catch(() => null); // too long for one list
}
document.documentElement.dataset.list = inCookie ? "cookie" : "own";
