// The keys ← and → go to the passage before and after this one in the results of a search. Links do the same without it.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, video, [contenteditable]")) return;
  const step = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
  const link = step && document.querySelector(`a[data-step="${step}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});
