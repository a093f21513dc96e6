// Selecting words of what somebody said offers their own address: to cite them, or to copy it. Without this a form does the same.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-cite]");
    const text = document.querySelector("[data-cite-text]");
    if (!box || !text) return;
    const shown = box.querySelector("[data-cite-words]");
    const link = box.querySelector("a");
    const button = box.querySelector("button");
    document.addEventListener("selectionchange", () => {
      const found = window.placeOf(text, document.getSelection());
      if (!found) return;
      const place = `words=${found.start}-${found.end}&v=${box.dataset.version}`;
      box.hidden = false;
      shown.textContent = found.words.length > 120 ? `${Array.from(found.words).slice(0, 100).join("")} […]` : found.words;
      link.href = `${box.dataset.cite}?${place}`;
      button.dataset.copy = `${box.dataset.address}?${place}`;
    });
  });
})();
