// Where selected words stand in a text: code points, as the record counts them, without the white space round them.
window.placeOf = (() => {
  const codePoints = (text) => Array.from(text).length;

  return (within, selection) => {
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    if (!range.intersectsNode(within)) return null;
    const all = document.createRange();
    all.selectNodeContents(within); // a selection by three clicks ends in what follows
    if (!within.contains(range.startContainer)) range.setStart(all.startContainer, all.startOffset);
    if (!within.contains(range.endContainer)) range.setEnd(all.endContainer, all.endOffset);
    const before = document.createRange();
    before.selectNodeContents(within);
    before.setEnd(range.startContainer, range.startOffset);
    const raw = range.toString();
    const words = raw.trim();
    if (!words) return null;
    const start = codePoints(before.toString()) + codePoints(raw) - codePoints(raw.trimStart());
    return { start, end: start + codePoints(words), words };
  };
})();
