// Marking words of a turn: the marked words become their place in it (place.js).
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-pick]");
    if (!box) return;
    const text = box.querySelector("[data-pick-text]");
    const picked = box.querySelector("[data-picked]");
    const field = (name) => box.querySelector(`input[name="${name}"]`);
    box.hidden = false;
    document.addEventListener("selectionchange", () => {
      const found = window.placeOf(text, document.getSelection());
      if (!found) return;
      field("start").value = found.start;
      field("end").value = found.end;
      picked.textContent = `“${found.words}”`;
    });
    for (const radio of document.querySelectorAll("[data-pick-plain] input")) {
      radio.addEventListener("change", () => {
        field("start").value = field("end").value = "";
        picked.textContent = picked.dataset.none;
      });
    }
    document.getElementById("choose").scrollIntoView();
  });
})();
