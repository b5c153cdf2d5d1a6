// Small improvements over plain HTML; every page and form works without them.
(() => {
  "use strict";
  const root = document.documentElement;

  // Addresses without the fields that were left empty.
  document.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const fields = event.detail.formData;
    if (event.detail.verb === "get") for (const [name, value] of [...fields]) if (value === "") fields.delete(name);
  });

  // A button that waits says so.
  const busy = (button, on) => {
    if (!button.dataset.busy) return;
    [button.textContent, button.dataset.busy] = [button.dataset.busy, button.textContent];
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  };
  document.addEventListener("htmx:beforeRequest", (event) => busy(event.detail.elt, true));
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => busy(event.detail.elt, false));
  }

  // The language links and the list's siblings follow the filters that htmx put into the address.
  const follow = () => {
    for (const link of document.querySelectorAll("a[data-language]")) link.search = location.search;
    const query = new URLSearchParams(location.search);
    for (const place of ["page", "cursor"]) query.delete(place);
    if (root.lang !== "en") query.set("lang", root.lang);
    for (const link of document.querySelectorAll("link[rel=alternate][type]:not([type$=oembed])")) {
      const url = new URL(link.href);
      url.search = query;
      link.href = url.href;
    }
  };
  for (const change of ["pushedIntoHistory", "replacedInHistory", "historyRestore"]) document.addEventListener(`htmx:${change}`, follow);

  // Share: what this browser can do besides following a link.
  const offerSharing = () => {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
    for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy],[data-share]");
    if (!button) return;
    const { copy, done, share, text } = button.dataset;
    if (share) return void navigator.share({ title: text, url: share }).catch(() => {});
    await navigator.clipboard.writeText(copy);
    button.querySelector("span").textContent = done;
  });
  document.addEventListener("htmx:load", offerSharing);
  offerSharing();

  // A poster that does not load, or did not before this script came, gives way to the drawn one.
  const draw = (image) => {
    if (!image.dataset.fallback) return;
    for (const source of image.parentElement?.querySelectorAll(":scope > source") ?? []) source.remove();
    image.src = image.dataset.fallback;
    delete image.dataset.fallback;
  };
  document.addEventListener("error", (event) => { if (event.target instanceof HTMLImageElement) draw(event.target); }, true);
  for (const image of document.querySelectorAll("img[data-fallback]")) if (image.complete && !image.naturalWidth) draw(image);

  // Intermission: ask again now and then, and show the page once it is there.
  const wait = document.querySelector("[data-retry]");
  if (wait) setInterval(async () => {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer && answer.status !== 503) location.reload();
  }, Number(wait.dataset.retry) * 1000);
})();
