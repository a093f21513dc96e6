// Keys of the review: J and K move, Enter says that a passage is checked, E corrects it, P plays it. Every passage has a form of
// its own without this. After a check the page comes back with the next passage at hand (#next).
(() => {
  const room = document.querySelector("[data-review]");
  if (!room) return;
  const blocks = [...room.querySelectorAll(".listen-block")];
  room.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });
  let here = -1;
  const go = (n) => {
    here = Math.min(blocks.length - 1, Math.max(0, n));
    blocks.forEach((block, i) => block.classList.toggle("is-here", i === here));
    if (blocks[here]) { blocks[here].focus({ preventScroll: true }); blocks[here].scrollIntoView({ block: "center" }); }
  };
  const follow = (what) => { const link = blocks[here] && blocks[here].querySelector(what); if (link) link.click(); };
  blocks.forEach((block, n) => block.addEventListener("focusin", () => { if (here !== n) { here = n; blocks.forEach((one, i) => one.classList.toggle("is-here", i === n)); } }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    if (event.key === "j") go(here + 1);
    else if (event.key === "k") go(here - 1);
    else if (event.key === "e") follow("[data-correct]");
    else if (event.key === "p") follow("a.media-time");
    else if (event.key === "Enter" && blocks[here]) blocks[here].querySelector("form").requestSubmit();
    else return;
    event.preventDefault();
  });
  if (location.hash === "#next") go(0);
})();
