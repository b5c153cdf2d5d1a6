// The form of one thing: where there are scripts, the browser keeps what it says, and no cookie does.
import { change, entryOf, isKept } from "./store.js";

const form = document.querySelector("[data-item]");
const { kind, subject, lastEpisode } = form.dataset;
const { heart, state, remove } = form.elements;

const known = entryOf(kind, subject);
if (known) {
  remove.hidden = false;
  heart.checked = known.heart;
  if (state) state.value = known.state;
}
form.addEventListener("submit", (event) => {
  if (!isKept()) return; // a cookie may be
  event.preventDefault();
  const removed = event.submitter?.name === "remove";
  const seen = lastEpisode ? Number(lastEpisode) : null;
  const edit = { heart: heart.checked && !removed, state: removed ? "" : (state?.value ?? "") };
  if (change({ kind, subject, ...(entryOf(kind, subject) ?? { seen }), ...edit })) location.assign(form.elements.next.value);
  else form.querySelector("[role=alert]").textContent = form.dataset.full;
});
