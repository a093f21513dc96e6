// Keys of the review: J and K move, Enter says that a passage is checked. Every passage has a form of its own without this.
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
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, a, button, summary")) return;
    if (event.key === "j") go(here + 1);
    else if (event.key === "k") go(here - 1);
    else if (event.key === "Enter" && blocks[here]) blocks[here].querySelector("form").requestSubmit();
    else return;
    event.preventDefault();
  });
})();
