// After the end: the next episode, after a moment in which one can stay.
import { choices, choose } from "./choices.js";

const SECONDS = 8;
const PLAY = "animesite.play"; // said to the page that comes next

/** Whether the episode before sent the viewer here to watch on; said once. */
export const wasSentHere = () => {
  try {
    const sent = sessionStorage.getItem(PLAY) === location.pathname;
    sessionStorage.removeItem(PLAY);
    return sent;
  } catch {
    return false;
  }
};

export const go = (address) => {
  try {
    sessionStorage.setItem(PLAY, new URL(address, location.href).pathname);
  } catch {
    // it waits for a click there
  }
  location.assign(address);
};

export const keepUpNext = (part, video) => {
  const panel = part.querySelector("[data-upnext]");
  const tick = part.ownerDocument.querySelector("[data-play-next]");
  tick.querySelector("input").checked = choices.next;
  tick.querySelector("input").addEventListener("change", ({ target }) => {
    choose("next", target.checked);
    stay();
  });
  tick.classList.add("on");
  if (!panel) return;

  const link = panel.querySelector("a");
  let timer;
  const stay = () => {
    clearInterval(timer);
    panel.hidden = true;
  };
  const count = () => {
    let left = SECONDS;
    const figure = panel.querySelector("[data-left]");
    figure.textContent = left;
    panel.hidden = false;
    link.focus({ preventScroll: true });
    timer = setInterval(() => {
      left -= 1;
      figure.textContent = left;
      if (left === 0) {
        stay();
        go(link.href);
      }
    }, 1000);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(link.href);
  });
  panel.querySelector("[data-stay]").addEventListener("click", () => {
    stay();
    part.focus({ preventScroll: true });
  });
  panel.addEventListener("keydown", ({ key }) => { if (key === "Escape") stay(); });
  video.addEventListener("ended", () => { if (choices.next) count(); });
  for (const change of ["play", "seeking"]) video.addEventListener(change, stay);
};
