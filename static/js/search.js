// The search box: "/" goes to it, arrows move through what it found, Enter opens, Escape comes back.
(() => {
  "use strict";
  const box = document.querySelector("#words") || document.querySelector(".find input");
  if (!box) return;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !box.checkVisibility()) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // On the catalogue's page the results themselves follow what is typed.
  const results = document.querySelector("#results");
  if (box.id === "words" && results) {
    const cards = () => [...results.querySelectorAll(".card h3 a")];
    const columns = (links) => links.filter((link) => link.closest(".card").offsetTop === links[0].closest(".card").offsetTop).length;
    box.addEventListener("keydown", (event) => {
      const first = event.key === "ArrowDown" && cards()[0];
      if (!first) return;
      event.preventDefault();
      first.focus();
    });
    results.addEventListener("keydown", (event) => {
      const links = cards();
      const place = links.indexOf(event.target);
      if (place < 0) return;
      const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(links), ArrowUp: -columns(links) };
      const next = event.key === "Escape" || place + steps[event.key] < 0 ? box : links[place + steps[event.key]];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    return;
  }

  // Elsewhere it is a combobox with a list of suggestions.
  const list = document.getElementById("suggestions");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let chosen = -1;
  const choose = (place) => {
    chosen = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };
  const show = (open) => {
    list.hidden = !open || !list.children.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  };
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);

  list.addEventListener("htmx:afterSwap", () => show(document.activeElement === box && box.value.trim() !== ""));
  box.addEventListener("focus", () => show(box.value.trim() !== ""));
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) show(false);
  });
  box.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && chosen >= 0) options()[chosen].querySelector("a").click();
    else if (event.key === "ArrowDown" && !list.hidden && count) choose((chosen + 1) % count);
    else if (event.key === "ArrowUp" && !list.hidden && count) choose(chosen > 0 ? chosen - 1 : count - 1);
    else return;
    event.preventDefault();
  });
})();
