// Full screen, picture in picture, and controls that leave when nothing moves.
const STILL_SECONDS = 3;

export const fullScreen = (part, video) => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (part.requestFullscreen) part.requestFullscreen().catch(() => {});
  else video.webkitEnterFullscreen?.(); // a telephone shows the film alone
};

export const pictureInPicture = async (video) => {
  if (document.pictureInPictureElement) await document.exitPictureInPicture();
  else if (document.pictureInPictureEnabled && video.readyState) await video.requestPictureInPicture().catch(() => {});
};

export const keepQuiet = (part, video) => {
  let timer;
  const stir = () => {
    part.classList.remove("still");
    clearTimeout(timer);
    timer = setTimeout(() => {
      const busy = video.paused || part.querySelector("details[open]") || part.querySelector(".ctrl :focus-visible");
      part.classList.toggle("still", !busy);
    }, STILL_SECONDS * 1000);
  };
  for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) part.addEventListener(event, stir);
  for (const event of ["play", "pause"]) video.addEventListener(event, stir);
};
