// A queue worked through by keyboard: j and k go from one waiting thing to the next, every other key presses the button
// that carries it (data-key) in the thing at hand. Only on pages with a queue; never while somebody types.
(() => {
  const items = () => [...document.querySelectorAll("[data-item]")];
  const typing = (place) => place.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const at = () => document.activeElement.closest("[data-item]");

  const go = (item) => {
    if (!item) return;
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const all = items();
    const here = all.indexOf(at());
    go(here < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, here + by))]);
  };

  const press = (key) => {
    const item = at();
    const wanted = item && [...item.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (wanted && wanted.matches("select")) wanted.focus();
    else if (wanted) wanted.click();
    return Boolean(wanted);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const steps = { j: 1, n: 1, k: -1 };
    if (event.key in steps) step(steps[event.key]);
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const wanted = location.hash && document.getElementById(location.hash.slice(1));
    if (wanted && wanted.matches("[data-item]")) go(wanted);
    else if (location.hash.startsWith("#v-") || location.hash.startsWith("#tag-")) go(items()[0]);
  });
})();
