// What changes while a page is open: it asks now and then whether it is still what it was, and puts new parts in place.
(() => {
  "use strict";
  const PERIOD = 2500;
  const LONGEST = 60000;
  const parts = () => [...document.querySelectorAll("[data-part]")];
  const originals = new WeakMap(); // a part's HTML before other scripts changed it
  const remember = () => { for (const part of parts()) if (!originals.has(part)) originals.set(part, part.outerHTML); };
  let timer = 0;
  let failures = 0;
  let waiting = []; // parts that are being used, as [name, HTML]

  const say = (news) => {
    const slate = document.querySelector("[data-live]");
    slate.querySelector("p").textContent = news;
    slate.querySelector("[data-show]").hidden = waiting.length === 0;
  };

  // The keyboard stands in it, or something in it is selected.
  const isUsed = (part) => {
    const selection = getSelection();
    return part.querySelector(":focus-visible") !== null || (!selection.isCollapsed && selection.containsNode(part, true));
  };

  const place = (name, html) => {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part) return;
    const open = [...part.querySelectorAll("[id] details[open]")].map((each) => each.closest("[id]").id);
    const { bottom, height } = part.getBoundingClientRect();
    htmx.swap(part, html, { swapStyle: "outerHTML" });
    const fresh = document.querySelector(`[data-part="${name}"]`);
    if (!fresh) return;
    originals.set(fresh, html);
    for (const id of open) for (const each of fresh.querySelectorAll(`#${CSS.escape(id)} details`)) each.open = true;
    if (bottom <= 0 && !CSS.supports("overflow-anchor", "auto")) scrollBy(0, fresh.getBoundingClientRect().height - height);
  };

  const placeAll = (changed) => {
    for (const [name, html] of changed) place(name, html);
    if (changed.length) dispatchEvent(new CustomEvent("history-changed"));
  };

  const renew = async (slate, at) => {
    const answer = await fetch(location.pathname + location.search, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!slate.isConnected) return;
    const changed = [];
    for (const part of parts()) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh && fresh.outerHTML !== originals.get(part)) changed.push([part, fresh.outerHTML]);
    }
    slate.dataset.at = at;
    const names = new Set(changed.map(([part]) => part.dataset.part));
    waiting = waiting.filter(([name]) => !names.has(name));
    const free = changed.filter(([part]) => !isUsed(part));
    waiting.push(...changed.filter(([part]) => isUsed(part)).map(([part, html]) => [part.dataset.part, html]));
    placeAll(free.map(([part, html]) => [part.dataset.part, html]));
    if (changed.length) say(page.querySelector("[data-live]").dataset.news);
  };

  const look = async () => {
    clearTimeout(timer);
    const slate = document.querySelector("[data-live]");
    if (!slate) return; // another page came; it asks once htmx has put it in place
    if (!document.hidden) {
      try {
        const headers = { "If-None-Match": `"${slate.dataset.at}"` };
        const answer = await fetch(slate.dataset.live, { headers, cache: "no-store", credentials: "omit" });
        if (answer.status === 200) await renew(slate, await answer.text());
        else if (answer.status !== 304) throw new Error(answer.status);
        failures = 0;
      } catch {
        failures += 1;
      }
      timer = setTimeout(look, Math.min(PERIOD * 2 ** failures, LONGEST));
    }
  };

  document.addEventListener("click", (event) => {
    const slate = event.target.closest("[data-live]");
    if (!slate) return;
    if (event.target.closest("[data-show]")) { placeAll(waiting); waiting = []; }
    if (event.target.closest("[data-show],[data-close]")) slate.querySelector("p").textContent = "";
  });
  document.addEventListener("visibilitychange", look);
  document.addEventListener("htmx:load", () => { remember(); if (!timer || !document.querySelector("[data-live]")) look(); });
  remember();
  timer = setTimeout(look, PERIOD);
})();
