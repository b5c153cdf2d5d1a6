// The opening, as the viewer marked it for this title or as the source says; and the ending, as the source says.
import { choices, choose } from "./choices.js";
import { clock } from "./clock.js";
import { openingOf, setOpening } from "./history.js";

const EARLY = 0.5; // seconds before its end: there is nothing left to skip

export const keepSkips = (part, video, { watching, skips, say, seek, next }) => {
  const button = part.querySelector("[data-skip]");
  const marks = part.ownerDocument.querySelector("[data-marks]");
  const line = part.querySelector("[data-opening-line]");
  let begin = null; // a mark that waits for the other one
  let skipped = false; // once by itself: who goes back into it wants to see it

  const opening = () => openingOf(watching.title.id) ?? skips.opening;
  const isIn = (span) => Boolean(span) && video.currentTime >= span[0] && video.currentTime < span[1] - EARLY;

  const skipOpening = () => {
    seek(opening()[1]);
    say(button.dataset.skipped);
  };

  const look = () => {
    const [inOpening, inEnding] = [isIn(opening()), isIn(skips.ending)];
    button.hidden = !inOpening && !inEnding;
    button.textContent = inEnding ? button.dataset.ending : button.dataset.opening;
    if (inOpening && choices.skip && !skipped && !video.paused) {
      skipped = true;
      skipOpening();
    }
  };
  button.addEventListener("click", () => {
    if (isIn(opening())) skipOpening();
    else if (video.duration - skips.ending[1] < 1 && watching.next) next();
    else seek(skips.ending[1]);
    look();
  });
  video.addEventListener("timeupdate", look);
  video.addEventListener("seeked", look);

  const draw = () => {
    const span = opening();
    const known = span && video.duration > 0;
    line.hidden = !known;
    if (known) {
      line.style.setProperty("--x", `${(span[0] / video.duration) * 100}%`);
      line.style.setProperty("--v", `${((span[1] - span[0]) / video.duration) * 100}%`);
    }
    const shown = begin === null ? span : [begin];
    marks.querySelector("output").textContent = shown ? shown.map(clock).join("–") + (begin === null ? "" : "–…") : marks.dataset.none;
    marks.querySelector("[data-clear]").disabled = begin === null && !openingOf(watching.title.id);
  };
  const ownMark = (span) => {
    begin = null;
    setOpening(watching.title, span);
    draw();
    look();
  };
  marks.querySelector("[data-begin]").addEventListener("click", () => {
    begin = video.currentTime;
    draw();
  });
  marks.querySelector("[data-end]").addEventListener("click", () => {
    const from = begin ?? opening()?.[0] ?? 0;
    if (video.currentTime > from) ownMark([from, video.currentTime]);
    else say(marks.dataset.backwards);
  });
  marks.querySelector("[data-clear]").addEventListener("click", () => ownMark(null));
  const always = marks.querySelector("input");
  always.checked = choices.skip;
  always.addEventListener("change", () => {
    choose("skip", always.checked);
    skipped = false;
    look();
  });
  video.addEventListener("durationchange", draw);
  draw();
  marks.classList.add("on");
};
