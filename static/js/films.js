// Films start where they are seen, muted until asked, one at a time; with reduced motion or data they wait for a click.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)");
  const FILM = "video[data-film]";
  const STEPS = { j: 1, ArrowDown: 1, PageDown: 1, k: -1, ArrowUp: -1, PageUp: -1 };
  let sound = false;

  const isCalm = () => calm.matches || Boolean(navigator.connection?.saveData);
  const isCovered = (film) => Boolean(film.parentElement.querySelector("details:not([open])"));
  const stopOthers = (film) => { for (const other of document.querySelectorAll(FILM)) if (other !== film) other.pause(); };
  const play = (film) => { stopOthers(film); film.play().catch(() => {}); };
  const start = (film) => { if (!isCalm() && !isCovered(film)) play(film); };
  const toggle = (film) => { if (film.paused) play(film); else film.pause(); };

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (!isIntersecting) target.pause();
    for (const { target, isIntersecting } of entries) if (isIntersecting) start(target);
  }, { threshold: 0.6 });

  // One plays, one is heard: whichever began last, by the browser's own buttons too. Of one left again nobody hears late.
  document.addEventListener("play", ({ target }) => { if (!target.paused) stopOthers(target); }, true);

  const press = (button, on) => { if (button) button.setAttribute("aria-pressed", String(on)); };

  const hear = (on) => {
    sound = on;
    for (const film of document.querySelectorAll(FILM)) film.muted = !sound;
    for (const button of document.querySelectorAll("[data-sound]")) press(button, sound);
  };

  // A reel has its own buttons and progress in place of the browser's.
  const dress = (film, reel) => {
    const [button, loud, progress] = ["[data-play]", "[data-sound]", ".prog"].map((part) => reel.querySelector(part));
    film.controls = false;
    progress.hidden = false;
    for (const own of [button, loud]) own.classList.add("on");
    for (const change of ["play", "pause"]) film.addEventListener(change, () => press(button, !film.paused));
    film.addEventListener("timeupdate", () => progress.style.setProperty("--v", `${(film.currentTime / film.duration) * 100 || 0}%`));
    film.addEventListener("loadedmetadata", () => film.parentElement.classList.toggle("uncut", film.videoHeight < 1.5 * film.videoWidth));
    film.addEventListener("click", () => toggle(film));
    button.addEventListener("click", () => toggle(film));
    loud.addEventListener("click", () => hear(!sound));
    const cover = reel.querySelector("details");
    if (cover) cover.addEventListener("toggle", () => { if (cover.open) start(film); });
  };

  // Keys: from film to film, play and pause, sound.
  const reels = () => [...document.querySelectorAll(".feed .reel")];
  const shown = (all) => {
    const middle = innerHeight / 2;
    const far = (reel) => Math.abs((reel.getBoundingClientRect().top + reel.getBoundingClientRect().bottom) / 2 - middle);
    return all.reduce((best, reel) => (far(reel) < far(best) ? reel : best));
  };
  let aim = null; // where a step in progress leads, until it is there or the reader scrolls otherwise
  for (const other of ["wheel", "touchmove", "pointerdown"]) document.addEventListener(other, () => { aim = null; }, { passive: true });
  const go = (by) => {
    const all = reels();
    const next = all[all.indexOf(all.includes(aim) ? aim : shown(all)) + by];
    if (!next) return;
    aim = next;
    setTimeout(() => { if (aim === next) aim = null; }, 3000);
    next.focus({ preventScroll: true });
    lead(next);
  };
  const lead = (reel) => reel.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  // A layout that changes on the way snaps back to where the step began.
  document.addEventListener("scrollend", () => {
    if (!aim?.isConnected || shown(reels()) === aim) aim = null;
    else lead(aim);
  }, true);
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!(key in STEPS)) aim = null;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !document.querySelector(".reel")) return;
    if (target.closest("input, textarea, select, [contenteditable], .cap.long, pre")) return;
    const film = shown([...document.querySelectorAll(".reel")]).querySelector(FILM);
    if (key in STEPS && reels().length) go(STEPS[key]);
    else if (key === "m" && film) hear(!sound);
    else if (key === " " && film && !isCovered(film) && !target.closest("a, button, summary")) toggle(film);
    else return;
    event.preventDefault();
  });

  // A portrait that does not load gives way to the initial below it.
  const take = (part) => {
    for (const image of part.querySelectorAll(".ava img")) {
      image.addEventListener("error", () => image.remove());
      if (image.complete && !image.naturalWidth) image.remove();
    }
    for (const film of part.querySelectorAll(FILM)) {
      film.muted = !sound;
      const reel = film.closest(".reel");
      if (reel) dress(film, reel);
      watcher.observe(film);
    }
  };
  take(document);
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) take(event.detail.elt); });
})();
