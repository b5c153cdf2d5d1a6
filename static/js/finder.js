// What was chosen of one search stays chosen when something else is searched for.
(() => {
  "use strict";
  const found = document.getElementById("found");
  const chosen = document.getElementById("chosen");
  if (!found) return;
  found.addEventListener("htmx:beforeSwap", () => {
    const at = document.activeElement;
    for (const row of chosen.querySelectorAll("li:not(:has(:checked))")) row.remove();
    chosen.append(...found.querySelectorAll("li:has(:checked)"));
    if (chosen.contains(at)) at.focus();
  });
  found.addEventListener("htmx:afterSwap", () => {
    for (const { value } of chosen.querySelectorAll("input")) {
      found.querySelector(`input[value="${CSS.escape(value)}"]`)?.closest("li").remove();
    }
  });
})();
