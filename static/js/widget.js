// <animesite-loop duration="1,2">: a random loop in any page, and the script of the widget's own page.
(() => {
  "use strict";
  if (customElements.get("animesite-loop")) return;

  const CSS = `/* embed.css */`;
  const HERE = document.currentScript ?? document.querySelector('script[src*="/embed/widget.js"]');
  const NEXT = new URL("loop/next/", HERE.src);
  const FILTERS = ["series", "episode", "collection", "duration", "source", "favourites", "seriesid", "episodeid", "collectionid", "source_from"];
  const OPTIONS = ["loop", "seed", "size", "theme", "fit", "controls", "caption", "refresh", "link", "lang"];
  const SIZES = ["360p", "720p", "1080p"];
  const MOST = 8; // that move at once
  const PATIENCE = 15000; // milliseconds for a file
  const ICONS = { another: "M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5", play: "M7 4l14 8-14 8z", pause: "M6 4h4v16H6zM14 4h4v16h-4z" };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const thrifty = () => navigator.connection?.saveData === true;
  const still = () => calm.matches || thrifty();
  const moving = new Set();
  const all = new Set();

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) target.near(isIntersecting);
  }, { rootMargin: "200px" });
  const look = () => { for (const one of all) one.look(); };
  calm.addEventListener("change", () => { for (const one of all) one.move(!still()); });
  document.addEventListener("visibilitychange", look);

  const make = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value != null) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS(svg.namespaceURI, "path"));
    svg.firstChild.setAttribute("d", ICONS[name]);
    return svg;
  };
  const settled = (target, good, then) => new Promise((resolve, reject) => {
    const fail = () => reject(new DOMException("a file cannot be loaded", "Unplayable"));
    const late = setTimeout(fail, PATIENCE);
    target.addEventListener(good, () => { clearTimeout(late); resolve(target); }, { once: true });
    target.addEventListener("error", () => { clearTimeout(late); fail(); }, { once: true });
    then();
  });

  class AnimesiteLoop extends HTMLElement {
    static observedAttributes = [...FILTERS, ...OPTIONS];

    moves = !still(); // as the reader wants it, until they press play or pause
    #stage; #clip; #next; #play; #caption; #site;
    #shown; #begun = false; #seen = false; #queued = false; #seeded = false; #asking; #timer;

    connectedCallback() {
      all.add(this);
      if (!this.#stage) this.dataset.next === undefined ? this.#build() : this.#adopt();
      watcher.observe(this);
    }

    disconnectedCallback() {
      watcher.unobserve(this);
      all.delete(this);
      this.#seen = false;
      this.look();
      this.#asking?.abort();
    }

    attributeChangedCallback(name, before, now) {
      if (before === now || this.#queued || !this.#begun || this.dataset.next !== undefined) return;
      this.#queued = true;
      queueMicrotask(() => { this.#queued = this.#seeded = false; this.another(); });
    }

    get shown() { return this.#shown ?? null; }

    near(seen) {
      this.#seen = seen;
      if (seen && !this.#begun) { this.#begun = true; if (!this.#shown) this.another(); }
      this.look();
    }

    // What stands still begins to move, or the other way round.
    async move(wanted) {
      this.moves = wanted;
      if (wanted && this.#shown && this.#paused && this.#file("mp4")) {
        try {
          this.#swap(await this.#film(this.#shown));
        } catch {
          this.moves = false;
        }
      }
      this.look();
    }

    // Show another loop. Whatever goes wrong, the one that is there stays; without one, the drawn still comes.
    // ``held``: one whose files the site has, since others could not be loaded.
    async another(held = false) {
      this.#asking?.abort();
      const asking = this.#asking = new AbortController();
      this.#stage.setAttribute("aria-busy", "true");
      try {
        const [loop, clip] = await this.#find(held, asking.signal);
        if (clip && !asking.signal.aborted) this.#show(loop, clip);
      } catch (error) {
        if (asking.signal.aborted) return;
        if (this.dataset.next === undefined) console.warn(error);
        if (!this.#clip) this.#draw();
      } finally {
        if (this.#asking === asking) {
          this.#asking = undefined;
          this.#stage.removeAttribute("aria-busy");
          this.look();
        }
      }
    }

    // A loop with its clip ready to be shown; without a clip, what is there should stay.
    async #find(held, signal) {
      const loop = await this.#ask(held, signal);
      if (!loop.id && this.#shown?.id && this.#seeded) return [loop, null];
      try {
        return [loop, await this.#load(loop)];
      } catch {
        const other = held || loop.more === false ? loop : await this.#ask(true, signal);
        if (other.id && other !== loop) return [other, await this.#load(other).catch(() => this.#picture(other))];
        if (this.#clip && this.#shown?.id) return [loop, null];
        return [loop, await this.#picture(loop)];
      }
    }

    async #ask(held, signal) {
      const answer = await fetch(this.#address(held), { signal, credentials: "omit", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`animesite-loop: ${answer.status} ${await answer.text()}`);
      return answer.json();
    }

    // Play where that is wanted, seen and not too much at once; set the clock for the next loop.
    look() {
      clearTimeout(this.#timer);
      const film = this.#clip instanceof HTMLVideoElement ? this.#clip : null;
      const may = this.moves && this.#seen && !document.hidden;
      if (film && may && (moving.has(this) || moving.size < MOST)) {
        moving.add(this);
        if (film.paused) film.play().catch((error) => { if (error.name === "NotAllowedError") this.move(false); });
      } else {
        if (moving.delete(this) && all.size > MOST) queueMicrotask(look); // one that waits may go on instead
        film?.pause();
      }
      const seconds = this.#shown?.options.refresh;
      if (seconds && may && this.#shown.more) this.#timer = setTimeout(() => this.another(), seconds * 1000);
      this.#buttons();
    }

    // The page of the widget comes with everything in it.
    #adopt() {
      this.#stage = this.querySelector(".stage");
      this.#seeded = true;
      this.#shown = JSON.parse(this.dataset.loop);
      const clip = this.#clip = this.#stage.querySelector(".clip");
      this.#wire();
      const heard = new AbortController();
      const broken = () => { heard.abort(); if (this.#clip === clip) this.#broken(); };
      for (const each of [clip, clip.lastElementChild ?? clip]) each.addEventListener("error", broken, { signal: heard.signal });
      if (clip instanceof HTMLVideoElement) {
        if (!this.moves) this.#swap(make("img", { class: "clip", alt: this.#shown.words, src: clip.poster }));
        // It failed, or has not begun to look for its file: either way from the start, and what fails is heard.
        else if (clip.error || clip.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) clip.load();
      } else if (clip.complete && !clip.naturalWidth) broken();
      this.#buttons();
    }

    #build() {
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
      this.#stage = make("div", { class: `stage ${this.getAttribute("theme") ?? ""}` },
        make("button", { class: "next", type: "button", hidden: "" }, make("i", {}, icon("another"))),
        make("button", { class: "play", type: "button", hidden: "" }),
        make("p", { class: "by", hidden: "" }, make("a", { class: "cap", target: "_blank", rel: "noopener" }), make("a", { class: "w", target: "_blank", rel: "noopener" })));
      root.append(this.#stage);
      this.#wire();
    }

    #wire() {
      const find = (name) => this.#stage.querySelector(name);
      [this.#next, this.#play, this.#caption, this.#site] = [find(".next"), find(".play"), find(".by"), find(".w")];
      const toggle = () => this.move(this.#paused);
      this.#next.addEventListener("click", (event) => { event.preventDefault(); this.another(); });
      this.#play.addEventListener("click", toggle);
      this.#stage.addEventListener("click", (event) => { if (this.#shown?.more === false && event.target.matches(".stage, .clip")) toggle(); });
    }

    get #paused() { return !this.moves || !(this.#clip instanceof HTMLVideoElement); }

    #address(held) {
      const address = new URL(this.dataset.next ?? NEXT, NEXT);
      if (held) address.searchParams.set("held", "");
      if (this.dataset.next !== undefined) return address;
      for (const name of [...FILTERS, ...OPTIONS]) {
        const value = this.getAttribute(name);
        if (value && !(name === "seed" && this.#seeded)) address.searchParams.set(name, value);
      }
      return address;
    }

    #file(type, loop = this.#shown) {
      const { size } = loop.options;
      const pixels = this.clientWidth * Math.min(devicePixelRatio, 2);
      const wanted = size === "auto" ? (thrifty() || pixels <= 480 ? 0 : pixels <= 1280 ? 1 : 2) : SIZES.indexOf(size);
      const order = [...SIZES.slice(0, wanted + 1).reverse(), ...SIZES.slice(wanted + 1)];
      return order.map((name) => loop.files[`${type}_${name}`]).find(Boolean);
    }

    #load(loop) {
      return this.moves && this.#file("mp4", loop) ? this.#film(loop) : this.#picture(loop);
    }

    #film(loop) {
      const film = make("video", { class: "clip", "aria-label": loop.words, playsinline: "", preload: "auto" });
      Object.assign(film, { muted: true, loop: true });
      return settled(film, "loadeddata", () => { film.src = this.#file("mp4", loop); film.load(); });
    }

    #picture(loop) {
      const image = make("img", { class: "clip", alt: loop.words });
      return settled(image, "load", () => { image.src = this.#file("jpg", loop) ?? this.#file("gif", loop) ?? loop.still; });
    }

    #swap(clip) {
      if (this.#clip instanceof HTMLVideoElement) this.#clip.pause();
      if (this.#clip) this.#clip.replaceWith(clip);
      else this.#stage.prepend(clip);
      this.#clip = clip;
    }

    #show(loop, clip) {
      this.#shown = loop;
      this.#seeded = true;
      this.#swap(clip);
      const { options, labels } = loop;
      this.#stage.className = ["stage", options.theme, options.fit, options.controls ? "" : "bare"].join(" ").trim();
      this.#stage.querySelector(".words")?.remove();
      if (!loop.id) this.#stage.append(make("p", { class: "words" }, make("b", {}, loop.words)));
      this.#next.hidden = !loop.more;
      this.#next.setAttribute("aria-label", labels.another);
      this.#caption.hidden = !options.caption;
      const inside = make("span", {}, make("b", { lang: loop.lang || null }, loop.name || loop.words), ...(loop.place ? [make("i", {}, loop.place)] : []));
      const caption = loop.page ? make("a", { class: "cap", href: loop.page, target: "_blank", rel: "noopener" }, inside) : make("span", { class: "cap" }, inside);
      this.#caption.querySelector(".cap").replaceWith(caption);
      caption.hidden = !loop.id;
      this.#site.hidden = options.link === "none";
      if (!this.#site.hasChildNodes()) { this.#site.href = loop.site.url; this.#site.append(make("span", {}, make("b", {}, loop.site.name))); }
      this.dispatchEvent(new CustomEvent("loopchange", { bubbles: true, composed: true, detail: { id: loop.id, page: loop.page } }));
      this.look();
    }

    #buttons() {
      this.#play.hidden = !this.#shown || !this.#file("mp4");
      if (this.#play.hidden) return;
      const { labels } = this.#shown, paused = this.#paused;
      this.#play.setAttribute("aria-label", paused ? labels.play : labels.pause);
      this.#play.classList.toggle("big", paused);
      this.#play.replaceChildren(icon(paused ? "play" : "pause"));
    }

    // The film that came with the page cannot be loaded: another that can, else its picture, else the drawn one.
    async #broken() {
      const broken = this.#clip;
      try {
        this.#swap(await this.#picture(this.#shown));
      } catch {
        this.#draw();
      }
      if (this.#shown.more && broken instanceof HTMLVideoElement) this.another(true);
      else this.look();
    }

    #draw() {
      const drawn = new URL("still.svg", HERE.src);
      this.#swap(make("img", { class: "clip", alt: "", src: drawn }));
    }
  }
  customElements.define("animesite-loop", AnimesiteLoop);
})();
