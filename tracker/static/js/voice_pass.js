// The voice pass by key, beside the player. Without this script every block has a form of its own.
(() => {
  const room = document.querySelector("[data-listen]");
  if (!room) return;
  const voices = [...room.querySelectorAll("select[name=speaker]")][0];
  const ids = voices ? [...voices.options].map((option) => option.value) : [];
  const announcer = document.getElementById("announcer");
  const say = (words) => { if (announcer) announcer.textContent = words; };
  let here = null, frame = null, seconds = null, busy = Promise.resolve();

  room.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });

  const blocks = () => [...room.querySelectorAll(".listen-block")];
  const go = (block) => {
    if (!block) return;
    blocks().forEach((one) => one.classList.toggle("is-here", one === block));
    here = block;
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "center" });
  };
  const step = (by) => { const all = blocks(); go(all[Math.min(all.length - 1, Math.max(0, all.indexOf(here) + by))]); };

  // The player talks by messages: it tells the time, and goes where it is told.
  const tell = (what) => frame && frame.contentWindow.postMessage(JSON.stringify(what), "https://www.youtube-nocookie.com");
  const player = room.querySelector("[data-embed]");
  if (player) player.addEventListener("toggle", () => {
    if (frame || !player.open) return;
    frame = document.createElement("iframe");
    frame.src = player.dataset.embed;
    frame.title = player.querySelector("summary").textContent;
    frame.allow = "autoplay; encrypted-media";
    frame.addEventListener("load", () => tell({ event: "listening", id: 1, channel: "widget" }));
    player.append(frame);
  });
  addEventListener("message", (event) => {
    if (event.origin !== "https://www.youtube-nocookie.com" || typeof event.data !== "string") return;
    try {
      const told = JSON.parse(event.data);
      if (told.info && typeof told.info.currentTime === "number") { seconds = told.info.currentTime; follow(); }
    } catch { /* other messages of the player are not for us */ }
  });
  const follow = () => {
    const ms = seconds * 1000;
    const block = blocks().find((one) => one.dataset.start !== "" && Number(one.dataset.start) <= ms && ms < Number(one.dataset.end || Infinity));
    if (block && block !== here) go(block);
  };
  room.addEventListener("click", (event) => {
    const seek = event.target.closest("[data-seek]");
    if (seek && frame) tell({ event: "command", func: "seekTo", args: [Number(seek.closest(".listen-block").dataset.start) / 1000, true] });
    const block = event.target.closest(".listen-block");
    if (block && !event.target.closest("a, button, select, input")) go(block);
  });

  // The word that is heard now: words are taken to be spoken evenly between the block's start and its end.
  const place = (block) => {
    const picked = getSelection();
    const words = block.querySelector("[data-words]");
    if (picked && !picked.isCollapsed && words.contains(picked.anchorNode)) {
      const at = Math.min(picked.anchorOffset, picked.focusOffset);
      return { at: [...words.textContent.slice(0, at)].length, ms: "" };
    }
    const start = Number(block.dataset.start), end = Number(block.dataset.end);
    if (seconds === null || block.dataset.start === "" || !(end > start)) return { at: 0, ms: "" };
    const ms = Math.round(seconds * 1000), share = (ms - start) / (end - start);
    const all = [...words.textContent.matchAll(/\S+/g)];
    const n = Math.floor(share * all.length);
    if (n < 2 || n > all.length - 2) return { at: 0, ms: "" };
    return { at: [...words.textContent.slice(0, all[n].index)].length, ms };
  };

  const key = () => {
    const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let time = Date.now(), out = "";
    for (let i = 0; i < 10; i++) { out = alphabet[time % 32] + out; time = Math.floor(time / 32); }
    crypto.getRandomValues(new Uint8Array(16)).forEach((byte) => { out += alphabet[byte % 32]; });
    return out;
  };

  // One request after the other: each answer is the page, whose blocks take the place of ours.
  const send = (address, fields, next) => {
    busy = busy.then(async () => {
      const body = new URLSearchParams({ form_key: key(), start: String((room.querySelector(".blocks").start || 1) - 1) });
      Object.entries(fields()).forEach(([name, value]) => body.append(name, value));
      const answer = await fetch(address, { method: "POST", body, redirect: "follow" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const wrong = page.querySelector(".notice-error");
      const fresh = page.getElementById("blocks"), side = page.querySelector("progress"), own = room.querySelector("progress");
      const stayed = here && here.dataset.key;
      if (fresh) document.getElementById("blocks").replaceWith(document.importNode(fresh, true));
      if (side && own) own.replaceWith(document.importNode(side, true));
      go(document.getElementById(`b-${next || stayed}`) || document.getElementById(`b-${stayed}`));
      say(wrong ? wrong.textContent.trim() : here ? here.querySelector("strong").textContent : "");
      if (wrong && !fresh) location.reload();
    });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, summary")) return;
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
    if (!here) go(room.querySelector(".is-open") || blocks()[0]);
    const block = here;
    if (!block) return;
    const after = blocks()[blocks().indexOf(block) + 1];
    if (digit && Number(digit[1]) < ids.length) {
      const spot = event.shiftKey ? { at: 0, ms: "" } : place(block);
      const stay = seconds !== null;
      const chosen = block.dataset.key;
      send(room.dataset.listen, () => {
        const now = document.getElementById(`b-${chosen}`) || block;
        return { key: chosen, version: now.dataset.version, speaker: ids[Number(digit[1])], at: spot.at || "", ms: spot.ms, ...(event.shiftKey ? { only: "1" } : {}) };
      }, stay || !after ? null : after.dataset.key);
      if (!stay && after) go(after);
    } else if (event.key === "Enter" && !event.target.closest("button, a")) {
      const later = blocks().slice(blocks().indexOf(block) + 1);
      const next = later.find((one) => one.classList.contains("is-proposed")) || after;
      const chosen = block.dataset.key;
      if (block.classList.contains("is-proposed")) {
        send(room.dataset.confirm, () => ({ block: `${chosen}:${(document.getElementById(`b-${chosen}`) || block).dataset.version}` }), next && next.dataset.key);
      }
      go(next);
    } else if (event.key === "u") send(room.dataset.undo, () => ({}), null);
    else if (event.key === "n") go(blocks().slice(blocks().indexOf(block) + 1).find((one) => one.classList.contains("is-open")));
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });
})();
