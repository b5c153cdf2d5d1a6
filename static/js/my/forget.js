// The page that asks whether all is to be forgotten: what is saved there is what the browser keeps.
import { save } from "./file.js";
import { inCookie } from "./store.js";
import { takeOver } from "./takeover.js";

const link = document.querySelector("[data-save]");

if (!inCookie) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    save();
  });
  takeOver(link.dataset.handedOver).catch(() => null); // too long for one list
}
document.documentElement.dataset.list = inCookie ? "cookie" : "own";
