// The bar below the picture: it shows what the film does, and says what the viewer wants.
import { choices, choose } from "./choices.js";
import { clock, fill } from "./clock.js";

const press = (button, on) => button.setAttribute("aria-pressed", String(on));

/** ``film``: {play, seek, at, length, actions}. Returns what changes the picture's quality menu. */
export const keepControls = (part, video, film) => {
  const bar = part.querySelector(".ctrl");
  const [position, time, volume, rates, qualities] = ["[data-seek]", "[data-time]", "[data-volume]", "[data-rates]", "[data-qualities]"]
    .map((each) => bar.querySelector(each));

  for (const button of part.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => film.actions[button.dataset.do]());
  }
  video.addEventListener("click", film.actions.play);
  video.addEventListener("dblclick", film.actions.full);

  const showTime = () => {
    const [at, length] = [film.at(), film.length()];
    position.max = length || 1;
    position.value = at;
    position.disabled = !length;
    position.style.setProperty("--v", `${length ? (at / length) * 100 : 0}%`);
    position.setAttribute("aria-valuetext", fill(position.dataset.text, { time: clock(at), all: clock(length) }));
    time.textContent = `${clock(at)} / ${length ? clock(length) : "–:––"}`;
  };
  const showLoaded = () => {
    const ranges = video.buffered;
    let end = 0;
    for (let place = 0; place < ranges.length; place += 1) {
      if (ranges.start(place) <= video.currentTime + 0.5) end = Math.max(end, ranges.end(place));
    }
    position.style.setProperty("--b", `${video.duration ? (end / video.duration) * 100 : 0}%`);
  };
  const showPlaying = () => {
    part.classList.toggle("playing", !video.paused);
    for (const button of part.querySelectorAll("[data-do=play]")) press(button, !video.paused);
  };
  const showVolume = () => {
    press(bar.querySelector("[data-do=mute]"), video.muted || video.volume === 0);
    volume.value = video.muted ? 0 : video.volume;
    volume.style.setProperty("--v", `${volume.value * 100}%`);
  };

  position.addEventListener("input", () => film.seek(Number(position.value)));
  volume.addEventListener("input", () => {
    video.volume = Number(volume.value);
    video.muted = video.volume === 0;
  });
  for (const event of ["timeupdate", "seeking", "seeked", "durationchange"]) video.addEventListener(event, showTime);
  for (const event of ["progress", "timeupdate"]) video.addEventListener(event, showLoaded);
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, showPlaying);
  for (const event of ["waiting", "seeking"]) video.addEventListener(event, () => part.setAttribute("aria-busy", "true"));
  for (const event of ["playing", "canplay", "seeked"]) video.addEventListener(event, () => part.removeAttribute("aria-busy"));
  video.addEventListener("volumechange", () => {
    showVolume();
    choose("muted", video.muted);
    if (!video.muted) choose("volume", video.volume);
  });

  const summary = (menu) => menu.querySelector("summary [data-put]");
  const showRate = () => {
    summary(rates).textContent = `${video.playbackRate}×`;
    for (const input of rates.querySelectorAll("input")) input.checked = Number(input.value) === video.playbackRate;
  };
  rates.addEventListener("change", ({ target }) => { video.playbackRate = Number(target.value); });
  video.addEventListener("ratechange", () => {
    showRate();
    choose("rate", video.playbackRate);
  });

  // A menu closes behind who leaves it.
  for (const menu of bar.querySelectorAll("details")) {
    menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  document.addEventListener("click", (event) => {
    for (const menu of bar.querySelectorAll("details[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  video.volume = choices.volume;
  video.muted = choices.muted;
  video.defaultPlaybackRate = video.playbackRate = choices.rate;
  showRate();
  showVolume();
  showTime();
  showPlaying();
  return {
    showTime,
    /** ``height``: of the picture that is on, which "auto" may change. */
    showQuality: (key, height) => {
      const input = [...qualities.querySelectorAll("input")].find((each) => each.value === key);
      if (!input) return;
      input.checked = true;
      const { label } = input.dataset;
      summary(qualities).textContent = key === "auto" && height ? `${label} ${height}` : label;
    },
    onQuality: (chosen) => qualities.addEventListener("change", ({ target }) => chosen(target.value)),
    /** Those that the engine can give. */
    offer: (keys) => {
      for (const input of qualities.querySelectorAll("input")) input.closest("label").hidden = !keys.includes(input.value);
    },
  };
};
