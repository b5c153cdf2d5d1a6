// Two thumbs on one line: the line between them, the figures above it, and neither passes the other.
(() => {
  "use strict";
  // Without this script they are two number fields, of which an empty one sets no bound.
  const dress = (part) => {
    for (const range of part.querySelectorAll("[data-range]")) {
      for (const [place, input] of [...range.querySelectorAll("input[type=number][data-end]")].entries()) {
        const { value, dataset: { end } } = input;
        input.classList.remove("ctl");
        Object.assign(input, { type: "range", min: 0, max: end, step: 0.1 });
        input.value = value === "" ? (place ? end : 0) : value;
        input.setAttribute("value", input.value);
      }
    }
  };
  document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
  dress(document);

  const show = (range) => {
    const [low, high] = range.querySelectorAll("input[type=range]");
    const end = Number(high.max);
    const line = range.querySelector(".two");
    line.style.setProperty("--lo", `${(low.value / end) * 100}%`);
    line.style.setProperty("--hi", `${100 - (high.value / end) * 100}%`);
    const all = Number(low.value) === 0 && Number(high.value) === end;
    const words = range.dataset.range.replace("{low}", low.value).replace("{high}", high.value);
    range.querySelector("output").textContent = all ? range.dataset.any : words + (Number(high.value) === end ? "+" : "");
  };
  document.addEventListener("input", (event) => {
    const range = event.target.closest("[data-range]");
    if (!range) return;
    const [low, high] = range.querySelectorAll("input[type=range]");
    if (Number(low.value) > Number(high.value)) {
      if (event.target === low) low.value = high.value;
      else high.value = low.value;
    }
    show(range);
  });

  // Addresses without a range that bounds nothing.
  const leaveOut = (form, fields) => {
    for (const range of form.querySelectorAll("[data-range]")) {
      const [low, high] = range.querySelectorAll("input[type=range]");
      if (low.value === low.min && high.value === high.max) fields.delete(low.name);
    }
  };
  document.addEventListener("formdata", (event) => leaveOut(event.target, event.formData));
  document.addEventListener("htmx:configRequest", (event) => leaveOut(event.target, event.detail.formData));
})();
