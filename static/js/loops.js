// Loops play where they are seen, muted and at most eight at once; with reduced motion or data the still stays.
(() => {
  "use strict";
  const MOST = 8;
  const calm = matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)");
  const playing = new Set();

  const start = (tile) => {
    const still = tile.querySelector("img[data-clip]");
    if (!still || playing.has(tile) || playing.size >= MOST || calm.matches) return;
    const clip = document.createElement("video");
    Object.assign(clip, { src: still.dataset.clip, poster: still.src, muted: true, loop: true, playsInline: true });
    clip.setAttribute("aria-hidden", "true");
    clip.addEventListener("error", () => stop(tile));
    playing.add(tile);
    still.hidden = true;
    still.after(clip);
    clip.play().catch(() => stop(tile));
  };
  const stop = (tile) => {
    playing.delete(tile);
    const clip = tile.querySelector("video");
    if (!clip) return;
    clip.remove();
    tile.querySelector("img").hidden = false;
  };

  const seen = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else { seen.delete(target); stop(target); }
    }
    for (const tile of seen) start(tile);
  }, { threshold: 0.6 });

  const watch = (part) => { for (const image of part.querySelectorAll(".loop img[data-clip]")) watcher.observe(image.closest(".loop")); };
  watch(document);
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
  calm.addEventListener("change", () => { for (const tile of [...playing]) stop(tile); });
})();
