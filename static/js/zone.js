// Propose the browser's time zone to who has not chosen one; the page itself stays as it is until they do.
(() => {
  "use strict";
  const box = document.querySelector("[data-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!box || !zone || /(^|; )tz=/.test(document.cookie)) return;
  const select = box.querySelector("select");
  if (zone === select.value) return;
  if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone, zone), select.options[1]);
  select.value = zone;
  box.open = true;
})();
