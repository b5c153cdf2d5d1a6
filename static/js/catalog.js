// The catalogue's way back: typing is one step, filters show what the address says, and a list unrolled stays so.
(() => {
  "use strict";

  // Whoever types on, or asks for the same once more, is still at the same step.
  document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
    const next = new URL(detail.history.path, location.href);
    const typing = detail.requestConfig.triggeringEvent?.type === "input";
    const searching = (address) => new URLSearchParams(address.search).has("q");
    if (next.href === location.href || (typing && searching(next) && searching(location))) detail.history.type = "replace";
  });

  // Whoever goes back waits for nothing that was asked for before.
  addEventListener("popstate", () => htmx.trigger("#filters", "htmx:abort"));

  // What was ticked and typed is no part of the page that htmx has kept.
  document.addEventListener("htmx:historyRestore", () => {
    const form = document.getElementById("filters");
    if (!form) return;
    const wanted = new URLSearchParams(location.search);
    const boxes = [...form.elements].filter((control) => control.type === "checkbox");
    for (const box of boxes) box.checked = wanted.getAll(box.name).includes(box.value);
    for (const control of form.elements) {
      if (!control.name || boxes.includes(control) || control.type === "hidden") continue;
      const ticked = boxes.filter((box) => box.name === control.name).map((box) => box.value);
      control.value = wanted.getAll(control.name).find((value) => !ticked.includes(value)) ?? "";
      if (control.type === "select-one" && control.selectedIndex < 0) control.value = "";
    }
  });

  // A browser that does not keep pages brings back only the first part of a list, which is not where one was.
  const KEPT = "animesite.unrolled";
  const list = () => document.getElementById("more")?.parentElement;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id === "more") detail.target.parentElement.dataset.unrolled = "";
  });
  addEventListener("pagehide", () => {
    const unrolled = document.querySelector("[data-unrolled]");
    if (!unrolled) return;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ address: location.href, place: scrollY, list: unrolled.innerHTML }));
    } catch {
      sessionStorage.removeItem(KEPT);
    }
  });
  const kept = JSON.parse(sessionStorage.getItem(KEPT));
  const [arrival] = performance.getEntriesByType("navigation");
  if (kept && kept.address === location.href && arrival.type === "back_forward" && list()) {
    const unrolled = list();
    unrolled.innerHTML = kept.list;
    unrolled.dataset.unrolled = "";
    htmx.process(unrolled);
    scrollTo({ top: kept.place, behavior: "instant" });
  }
})();
