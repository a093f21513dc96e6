// Marking words of a turn: the marked words become their place in it, counted in code points as the record counts them.
(() => {
  const codePoints = (text) => Array.from(text).length;

  const place = (within, selection) => {
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!within.contains(range.startContainer) || !within.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(within);
    before.setEnd(range.startContainer, range.startOffset);
    const raw = range.toString();
    const words = raw.trim();
    if (!words) return null;
    const start = codePoints(before.toString()) + codePoints(raw) - codePoints(raw.trimStart());
    return { start, end: start + codePoints(words), words };
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-pick]");
    if (!box) return;
    const text = box.querySelector("[data-pick-text]");
    const picked = box.querySelector("[data-picked]");
    const field = (name) => box.querySelector(`input[name="${name}"]`);
    box.hidden = false;
    document.addEventListener("selectionchange", () => {
      const found = place(text, document.getSelection());
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
