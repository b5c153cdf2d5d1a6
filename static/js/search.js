// The search box: "/" goes to it, arrows move through what it found, Enter opens, Escape comes back.
// It listens to the document, for htmx puts another box in its place when it goes back.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const box = () => one("#words") || one(".find input");

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !box()?.checkVisibility()) return;
    event.preventDefault();
    box().focus();
    box().select();
  });

  // On the catalogue's page the results themselves follow what is typed.
  const cards = () => [...document.querySelectorAll("#results .card h3 a")];
  const columns = (links) => links.filter((link) => link.closest(".card").offsetTop === links[0].closest(".card").offsetTop).length;
  const step = (event) => {
    const links = cards();
    const place = links.indexOf(event.target);
    if (event.target.id === "words") return event.key === "ArrowDown" && links[0];
    if (place < 0) return null;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(links), ArrowUp: -columns(links) };
    return event.key === "Escape" || place + steps[event.key] < 0 ? box() : links[place + steps[event.key]];
  };
  document.addEventListener("keydown", (event) => {
    const next = one("#words") && !event.ctrlKey && !event.metaKey && !event.altKey && step(event);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  // Elsewhere it is a combobox with a list of suggestions.
  const list = () => one("#suggestions");
  const options = () => [...list().querySelectorAll("[role=option]")];
  const isCombobox = (element) => Boolean(list()) && element === one(".find input");
  let chosen = -1;
  const choose = (place) => {
    chosen = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (option) {
      box().setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box().removeAttribute("aria-activedescendant");
  };
  const show = (open) => {
    list().hidden = !open || !list().children.length;
    box().setAttribute("aria-expanded", String(!list().hidden));
    choose(-1);
  };
  const begin = () => {
    if (!list()) return;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list().id };
    for (const [name, value] of Object.entries(roles)) box().setAttribute(name, value);
    show(false);
  };
  begin();

  document.addEventListener("htmx:historyRestore", begin);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === list()) show(document.activeElement === box() && box().value.trim() !== "");
  });
  document.addEventListener("focusin", ({ target }) => {
    if (isCombobox(target)) show(target.value.trim() !== "");
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (list() && box().form.contains(target) && !box().form.contains(relatedTarget)) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (!isCombobox(event.target)) return;
    const count = options().length;
    const open = !list().hidden;
    if (event.key === "Escape" && open) show(false);
    else if (event.key === "Enter" && chosen >= 0) options()[chosen].querySelector("a").click();
    else if (event.key === "ArrowDown" && open && count) choose((chosen + 1) % count);
    else if (event.key === "ArrowUp" && open && count) choose(chosen > 0 ? chosen - 1 : count - 1);
    else return;
    event.preventDefault();
  });
})();
