// Films start where they are seen, muted until asked, one at a time; with reduced motion or data they wait for a click.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce), (prefers-reduced-data: reduce)");
  const FILM = "video[data-film]";
  let sound = false;

  const isCovered = (film) => Boolean(film.parentElement.querySelector("details:not([open])"));
  const start = (film) => { if (!calm.matches && !isCovered(film)) film.play().catch(() => {}); };

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) start(target);
      else target.pause();
    }
  }, { threshold: 0.6 });

  const press = (button, on) => { if (button) button.setAttribute("aria-pressed", String(on)); };

  // A reel has its own buttons and progress in place of the browser's.
  const dress = (film, reel) => {
    const [play, loud, progress] = ["[data-play]", "[data-sound]", ".prog"].map((part) => reel.querySelector(part));
    film.controls = false;
    play.hidden = loud.hidden = progress.hidden = false;
    for (const change of ["play", "pause"]) film.addEventListener(change, () => press(play, !film.paused));
    film.addEventListener("timeupdate", () => progress.style.setProperty("--v", `${(film.currentTime / film.duration) * 100 || 0}%`));
    const toggle = () => { if (film.paused) film.play().catch(() => {}); else film.pause(); };
    film.addEventListener("click", toggle);
    play.addEventListener("click", toggle);
    loud.addEventListener("click", () => {
      sound = !sound;
      for (const other of document.querySelectorAll(FILM)) other.muted = !sound;
      for (const button of document.querySelectorAll("[data-sound]")) press(button, sound);
    });
    const cover = reel.querySelector("details");
    if (cover) cover.addEventListener("toggle", () => { if (cover.open) start(film); });
  };

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
