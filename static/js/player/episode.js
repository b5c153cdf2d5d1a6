// An episode's page: its plain video becomes a player that remembers.
import { keepBoards } from "./board.js";
import { choices, choose } from "./choices.js";
import { clock, fill } from "./clock.js";
import { keepControls } from "./controls.js";
import { start } from "./engine.js";
import { episodesOf, markSeen, remember, resumeAt } from "./history.js";
import { listen } from "./keys.js";
import { fullScreen, keepQuiet, pictureInPicture } from "./screen.js";
import { keepShelves } from "./shelf.js";
import { keepSkips } from "./skips.js";
import { go, keepUpNext, wasSentHere } from "./upnext.js";

const JUMP = 10; // seconds
const FRAME = 1 / 24;
const SAVE_EVERY = 5; // seconds of film
const SAY_FOR = 1500; // milliseconds

const keepPlayer = (part) => {
  const offer = JSON.parse(document.getElementById("player-data").textContent);
  const { watching, previous, next, skips } = offer;
  const video = part.querySelector("video");
  const note = () => episodesOf(watching.title.id).get(watching.episode.key);

  let engine = null; // while nothing has been asked for, nothing is loaded
  let starting = null;
  let from = resumeAt(note());
  let savedAt = from;

  const words = part.querySelector("[data-say]");
  let silence;
  const say = (text) => {
    words.textContent = text;
    words.hidden = false;
    clearTimeout(silence);
    silence = setTimeout(() => { words.hidden = true; }, SAY_FOR);
  };

  const at = () => (video.readyState ? video.currentTime : from);
  const length = () => (Number.isFinite(video.duration) && video.duration ? video.duration : (note()?.of ?? 0));
  const seek = (moment) => {
    const place = Math.max(0, Math.min(moment, length() || moment));
    if (video.readyState) video.currentTime = place;
    else from = place;
    controls.showTime();
  };

  // Trouble: the stream, then the files, then a word about it.
  const trouble = part.querySelector("[data-trouble]");
  let without = false; // streams
  const failed = () => {
    from = at();
    const playing = !video.paused;
    engine?.stop();
    engine = null;
    starting = null;
    if (!without && offer.streams.some((stream) => stream.mp4)) {
      without = true;
      if (playing || part.hasAttribute("aria-busy")) actions.start();
      else ready();
    } else {
      part.removeAttribute("aria-busy");
      trouble.hidden = false;
    }
  };
  const ready = () => {
    starting ??= (async () => {
      const streams = without ? offer.streams.map((stream) => ({ ...stream, hls: null })) : offer.streams;
      part.setAttribute("aria-busy", "true");
      engine = await start(video, { ...offer, streams }, { quality: choices.quality, at: from, failed });
      controls.offer(engine.qualities);
      controls.showQuality(engine.quality, 0);
      video.playbackRate = choices.rate;
    })();
    return starting;
  };

  const pace = (step) => {
    const rates = [...part.querySelectorAll("[data-rates] input")].map((input) => Number(input.value));
    const place = rates.findIndex((rate) => rate >= video.playbackRate);
    video.playbackRate = rates[Math.max(0, Math.min(rates.length - 1, place + step))];
    say(`${video.playbackRate}×`);
  };
  const leaf = (address, missing) => {
    if (address) go(address);
    else say(missing);
  };
  const help = part.ownerDocument.querySelector("[data-help]");
  const actions = {
    start: async () => {
      await ready();
      await video.play().catch(() => part.removeAttribute("aria-busy"));
    },
    play: () => {
      if (video.paused) actions.start();
      else video.pause();
    },
    back: () => seek(at() - JUMP),
    forward: () => seek(at() + JUMP),
    tenth: (digit) => seek((length() * digit) / 10),
    "frame-back": () => { if (video.paused) seek(at() - FRAME); },
    "frame-on": () => { if (video.paused) seek(at() + FRAME); },
    slower: () => pace(-1),
    faster: () => pace(1),
    mute: () => { video.muted = !video.muted; },
    full: () => fullScreen(part, video),
    picture: () => pictureInPicture(video),
    next: () => leaf(next, part.dataset.last),
    previous: () => leaf(previous, part.dataset.first),
    help: () => help.showModal(),
    again: () => {
      trouble.hidden = true;
      without = false;
      actions.start();
    },
  };

  for (const source of video.querySelectorAll("source")) source.remove();
  video.controls = false;
  video.load();
  const controls = keepControls(part, video, { actions, seek, at, length });
  controls.showQuality(choices.quality, 0);
  controls.onQuality((key) => {
    choose("quality", key);
    engine?.choose(key);
    controls.showQuality(key, 0);
  });
  video.addEventListener("resize", () => controls.showQuality(choices.quality, engine?.height() ?? 0));

  // What is remembered: now and then, and whenever the viewer may be leaving.
  const seenButton = part.ownerDocument.querySelector("[data-seen]");
  const save = () => {
    if (!video.readyState || (video.currentTime === 0 && savedAt === 0)) return;
    savedAt = video.currentTime;
    remember(watching, video.currentTime, video.duration);
  };
  video.addEventListener("timeupdate", () => { if (Math.abs(video.currentTime - savedAt) >= SAVE_EVERY) save(); });
  for (const event of ["pause", "ended", "seeked"]) video.addEventListener(event, save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("pagehide", save);
  const showSeen = () => seenButton.setAttribute("aria-pressed", String(note()?.seen === true));
  seenButton.addEventListener("click", () => markSeen(watching, note()?.seen !== true));
  seenButton.classList.add("on");
  addEventListener("history-changed", showSeen);
  showSeen();

  for (const link of part.querySelectorAll("a[data-go]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || video.paused) return;
      event.preventDefault();
      go(link.href);
    });
  }
  listen(actions);
  keepQuiet(part, video);
  keepSkips(part, video, { watching, skips, say, seek, next: actions.next });
  keepUpNext(part, video);
  if (!document.pictureInPictureEnabled) part.querySelector("[data-do=picture]").hidden = true;
  help.addEventListener("click", (event) => { if (event.target === help) help.close(); });
  if (from) part.querySelector("[data-resume]").textContent = fill(part.dataset.resume, { time: clock(from) });

  if ("mediaSession" in navigator) {
    const { title, episode } = watching;
    navigator.mediaSession.metadata = new MediaMetadata({ title: episode.name, artist: title.name, artwork: [{ src: title.poster }] });
    if (next) navigator.mediaSession.setActionHandler("nexttrack", actions.next);
    if (previous) navigator.mediaSession.setActionHandler("previoustrack", actions.previous);
    navigator.mediaSession.setActionHandler("seekbackward", actions.back);
    navigator.mediaSession.setActionHandler("seekforward", actions.forward);
  }

  part.classList.add("ready");
  if (wasSentHere()) actions.start();
};

keepBoards();
keepShelves();
for (const part of document.querySelectorAll("[data-player]")) keepPlayer(part);
