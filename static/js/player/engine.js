// Where the picture comes from: hls.js where the browser has Media Source Extensions, its own HLS elsewhere, else MP4.
const RETRIES = 3;

/**
 * ``offer``: {master, hls, worker, streams: [{quality, height, hls, mp4}]}. The engine that comes back has
 * ``qualities`` (keys, the sharpest first, "auto" where the stream adapts), ``choose(key)``, ``height()`` of what is
 * shown, and calls ``failed()`` when it can do no more.
 */
export const start = async (video, offer, { quality, at, failed }) => {
  const hls = offer.streams.filter((stream) => stream.hls);
  const mp4 = offer.streams.filter((stream) => stream.mp4);
  if (hls.length && globalThis.MediaSource) {
    const engine = await withLibrary(video, offer, hls, { quality, at, failed }).catch(() => null);
    if (engine) return engine;
  }
  if (hls.length && video.canPlayType("application/vnd.apple.mpegurl")) {
    const addresses = new Map([["auto", offer.master], ...hls.map((stream) => [stream.quality, stream.hls])]);
    return withFiles(video, addresses, { quality, at, failed });
  }
  return withFiles(video, new Map(mp4.map((stream) => [stream.quality, stream.mp4])), { quality, at, failed });
};

/** The key itself, the next one below it, or the first there is. */
const nearest = (keys, wanted) => {
  const order = ["fhd", "hd", "sd"];
  const below = order.slice(order.indexOf(wanted) + 1);
  return keys.includes(wanted) ? wanted : (below.find((key) => keys.includes(key)) ?? keys[0]);
};

const withLibrary = async (video, offer, streams, { quality, at, failed }) => {
  const { default: Hls } = await import(offer.hls);
  if (!Hls.isSupported()) return null;
  const player = new Hls({ autoStartLoad: false, workerPath: offer.worker, backBufferLength: 60, capLevelToPlayerSize: true });
  const levelOf = (key) => {
    const height = streams.find((stream) => stream.quality === key)?.height;
    return player.levels.findIndex((level) => level.height === height);
  };
  const keys = ["auto", ...streams.map((stream) => stream.quality)];
  let retries = 0;
  player.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return;
    retries += 1;
    if (retries > RETRIES) failed();
    else if (type === Hls.ErrorTypes.MEDIA_ERROR) player.recoverMediaError();
    else if (type === Hls.ErrorTypes.NETWORK_ERROR && player.levels?.length) player.startLoad();
    else failed();
  });
  player.on(Hls.Events.FRAG_BUFFERED, () => { retries = 0; });
  player.on(Hls.Events.MANIFEST_PARSED, () => {
    player.loadLevel = quality === "auto" ? -1 : levelOf(nearest(keys, quality));
    player.startLoad(at || -1);
  });
  player.loadSource(offer.master);
  player.attachMedia(video);
  return {
    qualities: keys,
    quality: nearest(keys, quality),
    choose: (key) => {
      if (key === "auto") player.loadLevel = -1;
      else player.currentLevel = levelOf(key);
    },
    height: () => video.videoHeight,
    stop: () => player.destroy(),
  };
};

const withFiles = (video, addresses, { quality, at, failed }) => {
  const keys = [...addresses.keys()];
  const open = (key, from, playing) => {
    video.src = addresses.get(key);
    if (from) video.addEventListener("loadedmetadata", () => { video.currentTime = from; }, { once: true });
    if (playing) video.play().catch(() => {});
  };
  const first = nearest(keys, quality);
  video.addEventListener("error", failed);
  open(first, at, false);
  return {
    qualities: keys,
    quality: first,
    choose: (key) => {
      const rate = video.playbackRate;
      open(key, video.currentTime, !video.paused);
      video.playbackRate = rate;
    },
    height: () => video.videoHeight,
    stop: () => video.removeEventListener("error", failed),
  };
};
