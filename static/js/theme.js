// Theme: set it in place instead of posting and coming back, which a form half filled in would not survive.
(() => {
  "use strict";
  const root = document.documentElement;
  const showTheme = (theme) => {
    root.dataset.theme = theme;
    const light = theme === "light" || (theme === "system" && matchMedia("(prefers-color-scheme: light)").matches);
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = light ? "#f1eadb" : "#100e0b";
    for (const button of document.querySelectorAll("[data-theme-form] button")) {
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(button.value === theme));
      else button.value = light ? "dark" : "light";
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-theme-form]") && event.submitter) {
      event.preventDefault();
      const theme = event.submitter.value;
      document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
      showTheme(theme);
    }
  });
  if (root.dataset.theme === "system") showTheme("system");
})();
