// Small things a page gains with JavaScript. Every page works without it.
(() => {
  const root = document.documentElement;
  const stored = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const apply = (scheme) => { if (scheme) root.dataset.scheme = scheme; else delete root.dataset.scheme; };
  apply(stored());

  const dark = () => root.dataset.scheme
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;

  const schemeSwitch = () => {
    for (const button of document.querySelectorAll("[data-scheme-switch]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const scheme = dark() ? "light" : "dark";
        try { localStorage.setItem("scheme", scheme); } catch { /* private mode: the choice lasts for this page */ }
        apply(scheme);
      });
    }
  };

  const copyButtons = (within) => {
    for (const button of within.querySelectorAll("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        announce(button.dataset.done);
      });
    }
  };

  const announce = (words) => {
    const place = document.getElementById("announcer");
    if (place && words) place.textContent = words;
  };

  document.addEventListener("DOMContentLoaded", () => {
    schemeSwitch();
    copyButtons(document);
  });

  // htmx 4 names its events htmx:<phase>:<step>; a swapped part says in words what it now shows.
  document.addEventListener("htmx:after:swap", () => {
    const heard = document.querySelector("[data-announce]");
    if (heard) announce(heard.dataset.announce);
  });
})();
