// Loops play where they are seen or pointed at, muted and at most eight at once; all of them stop at a button, and that
// is remembered. With reduced motion or data the stills stay until somebody asks.
(() => {
  "use strict";
  const MOST = 8;
  const PAUSED = "loops-paused";
  const motion = matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)");
  const isCalm = () => motion.matches || Boolean(navigator.connection?.saveData);
  const remembered = () => { try { return localStorage.getItem(PAUSED) === "1"; } catch { return false; } };
  const remember = (paused) => { try { paused ? localStorage.setItem(PAUSED, "1") : localStorage.removeItem(PAUSED); } catch { /* private */ } };
  let paused = remembered() || isCalm();
  const playing = new Set(); // in the order of their beginning
  const seen = new Set();
  let pointed = null;

  // The film, or the gif where there is none.
  const moving = (still, gone) => {
    const { clip, gif } = still.dataset;
    const part = document.createElement(clip ? "video" : "img");
    if (clip) Object.assign(part, { muted: true, loop: true, playsInline: true, poster: still.currentSrc || still.src, src: clip });
    else Object.assign(part, { alt: "", src: gif });
    part.setAttribute("aria-hidden", "true");
    part.addEventListener("error", gone);
    return part;
  };
  const start = (tile) => {
    const still = tile.querySelector("img[data-clip], img[data-gif]");
    if (!still || playing.has(tile) || playing.size >= MOST) return;
    const part = moving(still, () => { still.removeAttribute("data-clip"); still.removeAttribute("data-gif"); stop(tile); });
    playing.add(tile);
    still.hidden = true;
    still.after(part);
    if (part.play) part.play().catch(() => stop(tile));
  };
  const stop = (tile) => {
    if (!playing.delete(tile)) return;
    tile.querySelector("[aria-hidden=true]:is(video, img)")?.remove();
    tile.querySelector("img").hidden = false;
  };
  const fill = () => { if (!paused) for (const tile of seen) start(tile); };

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else { seen.delete(target); if (target !== pointed) stop(target); }
    }
    fill();
  }, { threshold: 0.6 });
  const watch = (part) => {
    for (const image of part.querySelectorAll(".loop img[data-clip], .loop img[data-gif]")) watcher.observe(image.closest(".loop"));
    show();
  };

  // Whatever is pointed at or has the focus plays, in the place of another if need be.
  const point = (event) => {
    const tile = event.target.closest?.(".loop");
    if (tile === pointed) return;
    if (pointed && paused) stop(pointed);
    pointed = tile || null;
    if (!tile || isCalm()) return fill();
    if (playing.size >= MOST && !playing.has(tile)) stop([...playing].find((other) => other !== tile));
    start(tile);
  };
  for (const kind of ["pointerover", "focusin", "focusout"]) document.addEventListener(kind, point);

  // All at once.
  const show = () => {
    for (const button of document.querySelectorAll("[data-all]")) {
      const words = button.querySelector("[data-playing]");
      words.textContent = paused ? words.dataset.paused : words.dataset.playing;
      button.setAttribute("aria-pressed", String(paused));
      button.hidden = false;
    }
    for (const hint of document.querySelectorAll("[data-hint]")) hint.hidden = !matchMedia("(hover: hover)").matches;
  };
  const pauseAll = (on) => {
    paused = on;
    if (on) for (const tile of [...playing]) stop(tile);
    else fill();
    show();
  };
  const toggle = () => { pauseAll(!paused); remember(paused); };
  document.addEventListener("click", (event) => { if (event.target.closest("[data-all]")) toggle(); });
  motion.addEventListener("change", () => pauseAll(isCalm() || remembered()));

  // Keys: arrows from tile to tile, r for a random loop, p for all.
  const tiles = () => [...document.querySelectorAll(".wall .loop")];
  const middle = (tile) => { const box = tile.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
  const beside = (all, from, key) => {
    if (key === "ArrowRight" || key === "ArrowLeft") return all[all.indexOf(from) + (key === "ArrowRight" ? 1 : -1)];
    const down = key === "ArrowDown" ? 1 : -1;
    const [x, y] = middle(from);
    const away = (tile) => { const [left, top] = middle(tile); return Math.abs(top - y) * 2 + Math.abs(left - x); };
    const there = all.filter((tile) => { const box = tile.getBoundingClientRect(), own = from.getBoundingClientRect(); return down > 0 ? box.top >= own.bottom - 1 : box.bottom <= own.top + 1; });
    return there.sort((one, other) => away(one) - away(other))[0];
  };
  const step = (key) => {
    const all = tiles();
    const from = document.activeElement?.closest(".wall .loop");
    const next = from ? beside(all, from, key) : key === "ArrowRight" ? all.find((tile) => tile.getBoundingClientRect().top >= 0) || all[0] : null;
    if (!next) return false;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable], video, pre, [role=group]")) return;
    const another = document.querySelector("[data-another]");
    if (event.key === "r" && another) another.click();
    else if (event.key === "p" && document.querySelector("[data-all]")) toggle();
    else if (!event.key.startsWith("Arrow") || !step(event.key)) return;
    event.preventDefault();
  });

  // Addresses without what goes without saying.
  const leaveOut = (fields) => {
    if (fields.get("order") === "new") fields.delete("order");
    if (!fields.has("order")) fields.delete("seed");
  };
  document.addEventListener("formdata", (event) => { if (event.target.matches(".lf")) leaveOut(event.formData); });
  document.addEventListener("htmx:configRequest", (event) => { if (event.target.matches(".lf")) leaveOut(event.detail.formData); });

  // Whoever comes back finds as many pages of the wall as there were, and the same place.
  const place = () => `wall ${location.pathname}${location.search}`;
  const kept = () => { try { return JSON.parse(sessionStorage.getItem(place())) || {}; } catch { return {}; } };
  const keep = (what) => { try { sessionStorage.setItem(place(), JSON.stringify(what)); } catch { /* private */ } };
  const pages = () => document.querySelectorAll("#gallery .wall, #wall .wall").length;
  addEventListener("pagehide", () => { if (pages()) keep({ pages: pages(), y: scrollY }); });
  const comeBack = async () => {
    const [visit] = performance.getEntriesByType("navigation");
    const { pages: wanted = 0, y = 0 } = visit?.type === "back_forward" ? kept() : {};
    if (wanted < 2 || pages() >= wanted) return;
    for (let shown = pages(); shown < wanted; shown = pages()) {
      const more = document.querySelector("#more [hx-get]");
      if (!more) break;
      await htmx.ajax("GET", more.getAttribute("hx-get"), { source: more, target: "#more", swap: "outerHTML" });
      if (pages() === shown) break;
    }
    scrollTo({ top: y, behavior: "instant" });
  };

  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
  addEventListener("load", comeBack);
})();
