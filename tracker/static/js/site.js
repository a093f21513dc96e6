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

  // data-copy holds the text, data-copy-of names the field that does; what was done is shown beside the button and said.
  const copyButtons = (within) => {
    for (const button of within.querySelectorAll("[data-copy], [data-copy-of]")) {
      const field = button.dataset.copyOf ? document.getElementById(button.dataset.copyOf) : null;
      if (!field && !navigator.clipboard) continue;
      const shown = document.createElement("span");
      shown.className = "copied";
      button.after(shown);
      button.hidden = false;
      button.addEventListener("click", async () => {
        const done = await copied(field ? field.value : button.dataset.copy, field);
        document.querySelectorAll(".copied").forEach((one) => { one.textContent = ""; });
        shown.textContent = done ? button.dataset.done : button.dataset.failed || "";
        announce(shown.textContent);
      });
    }
  };

  const copied = async (text, field) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      if (field) field.select(); // no clipboard for this page: the text is ready to be copied by key
      return false;
    }
  };

  const announce = (words) => {
    const place = document.getElementById("announcer");
    if (place && words) place.textContent = words;
  };

  // A card that hovering shows closes by Escape too, and stays closed while the pointer rests there (WCAG 1.4.13).
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) {
      term.dataset.closed = "";
      for (const left of ["pointerleave", "focusout"]) term.addEventListener(left, () => delete term.dataset.closed, { once: true });
    }
  });

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
