// Marking in class: saves at once, keeps what has no network in this browser until it has arrived, lets words be chosen by mouse,
// touch and keys. Without this script every button is a form of its own.
(() => {
  const work = document.querySelector("[data-work]");
  if (!work) return;
  const words = work.dataset, store = `work:${words.keep}`;
  const status = work.querySelector("[data-status]"), counted = work.querySelector("[data-progress]");
  const announcer = document.getElementById("announcer");
  const read = (name, empty) => { try { return JSON.parse(localStorage.getItem(name)) ?? empty; } catch { return empty; } };
  const keep = (name, value) => { try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, JSON.stringify(value)); } catch { /* a browser that keeps nothing still saves over the network */ } };
  let queue = read(store, []), drafts = read(`${store}/drafts`, {}), running = null, timer = 0;

  const tell = (text) => { if (status) status.textContent = text; };
  const say = (text) => { if (announcer) announcer.textContent = text; };
  const key = () => {
    const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let time = Date.now(), out = "";
    for (let i = 0; i < 10; i++) { out = alphabet[time % 32] + out; time = Math.floor(time / 32); }
    crypto.getRandomValues(new Uint8Array(16)).forEach((byte) => { out += alphabet[byte % 32]; });
    return out;
  };
  const answer = (id) => document.getElementById(`a-${id}`);
  const field = (op, name) => (op.fields.find(([one]) => one === name) || [])[1];

  // What a save will show, before it has arrived.
  const foresee = (op) => {
    const card = answer(field(op, "passage"));
    if (!card) return;
    const tag = field(op, "tag"), taken = field(op, "take");
    if (words.unit === "turn" && (tag || taken)) {
      card.querySelectorAll(".tag-button[data-tag]").forEach((button) => {
        const own = tag ? button.dataset.tag === tag : button.value === taken;
        if (own) button.setAttribute("aria-pressed", tag ? "true" : "false");
        else if (tag && "exclusive" in words) button.setAttribute("aria-pressed", "false");
      });
      card.classList.toggle("is-touched", Boolean(card.querySelector('[aria-pressed="true"]')));
    } else if (taken) {
      const note = document.getElementById(`n-${taken}`);
      if (note) note.classList.add("is-pending");
    }
    const text = field(op, "comment") || op.told;
    const notes = card.querySelector(".work-notes");
    if (notes && text && !taken && !(words.unit === "turn" && !field(op, "comment"))) {
      const waits = document.createElement("li");
      waits.className = "is-pending";
      waits.textContent = `${text} (${words.pending})`;
      notes.append(waits);
      card.classList.add("is-touched");
    }
    count();
  };
  const count = () => {
    if (!counted || !words.counted) return;
    counted.textContent = words.counted.replace("{n}", work.querySelectorAll(".work-answer.is-touched").length);
  };

  const put = (card) => (fresh) => {
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    const mark = focused && (focused.dataset.tag || focused.dataset.text !== undefined && "text");
    const opened = [...card.querySelectorAll("details")].map((one) => one.open);
    const ours = document.importNode(fresh, true);
    card.replaceWith(ours);
    ours.querySelectorAll("details").forEach((one, n) => { one.open = opened[n] || false; });
    if (focused) (mark === "text" ? ours.querySelector("[data-text]") : mark && ours.querySelector(`[data-tag="${mark}"]`) || ours).focus({ preventScroll: true });
  };
  const show = (html, passage) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = passage && page.getElementById(`a-${passage}`), card = passage && answer(passage);
    const wrong = page.getElementById("form-refusal");
    if (wrong) { tell(wrong.textContent.trim()); say(wrong.textContent.trim()); }
    if (fresh && card) put(card)(fresh);
    else if (page.querySelector(".work-answers")) work.querySelector(".work-answers").replaceWith(document.importNode(page.querySelector(".work-answers"), true));
    else return false;
    queue.forEach(foresee);
    count();
    return !wrong;
  };

  // One save after the other. What does not arrive stays first in the queue.
  const flush = () => (running ||= send().finally(() => { running = null; }));
  const send = async () => {
    clearTimeout(timer);
    while (queue.length) {
      const op = queue[0];
      tell(words.saving);
      let reply;
      try {
        reply = await fetch(words.work, { method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams(op.fields) });
      } catch { reply = null; }
      if (!reply || reply.status >= 500 || reply.status === 429 || reply.status === 423) {
        tell(reply && reply.status === 423 ? words.paused : words.waiting);
        timer = setTimeout(flush, 3000);
        break;
      }
      if (reply.status === 401 || reply.redirected) { tell(words.out); break; }
      const html = await reply.text();
      queue.shift();
      keep(store, queue.length ? queue : null);
      if (show(html, field(op, "passage"))) { tell(words.saved); say(`${words.saved}: ${op.told}`); }
    }
  };
  const save = (fields, told) => {
    const op = { fields: [...fields.filter(([name]) => name !== "form_key"), ["form_key", key()]], told: told || "" };
    queue.push(op);
    keep(store, queue);
    foresee(op);
    return flush();
  };

  // A tag pressed again while its save still waits: the save is not sent at all.
  const withdraw = (form, pressed) => {
    if (!pressed || pressed.name !== "tag" || pressed.getAttribute("aria-pressed") !== "true") return false;
    const same = (op) => field(op, "passage") === form.elements.passage.value && field(op, "tag") === pressed.value;
    const at = queue.findLastIndex(same);
    if (at < (running ? 1 : 0)) return true; // on its way: the answer brings the button that takes it back
    queue.splice(at, 1);
    keep(store, queue.length ? queue : null);
    pressed.setAttribute("aria-pressed", "false");
    form.closest(".work-answer").classList.toggle("is-touched", Boolean(form.querySelector('[aria-pressed="true"]')));
    count();
    return true;
  };

  work.addEventListener("submit", (event) => {
    const form = event.target, pressed = event.submitter;
    if (form.matches("[data-hand-in]")) {
      if (!queue.length) return;
      event.preventDefault();
      flush().then(() => { if (!queue.length) form.submit(); });
      return;
    }
    event.preventDefault();
    if (withdraw(form, pressed)) return;
    const data = [...new FormData(form, pressed).entries()];
    const passage = data.find(([name]) => name === "passage");
    save(data, pressed ? pressed.dataset.name || pressed.textContent.trim() : "");
    form.querySelectorAll("textarea").forEach((area) => { area.value = ""; });
    form.querySelectorAll("input[name=sentence]").forEach((box) => { box.checked = false; });
    if (passage) draft(passage[1], "");
  });

  const draft = (id, text) => {
    if (text) drafts[id] = text; else delete drafts[id];
    keep(`${store}/drafts`, Object.keys(drafts).length ? drafts : null);
  };

  // Words that were typed and not kept yet survive a closed laptop too.
  work.addEventListener("input", (event) => {
    const card = event.target.closest(".work-answer");
    if (event.target.name !== "comment" || !card || event.target.closest(".work-notes")) return;
    draft(card.dataset.answer, event.target.value);
  });
  Object.entries(drafts).forEach(([id, text]) => {
    const area = answer(id) && answer(id).querySelector(".work-comment textarea");
    if (area && text) { area.value = text; area.closest("details").open = true; }
  });

  // Choosing words.
  const chosen = work.querySelector("[data-chosen]"), sticky = document.getElementById("f-sticky");
  let picked = null;
  const pick = () => {
    const selection = getSelection();
    const text = selection.rangeCount && !selection.isCollapsed && selection.anchorNode && (selection.anchorNode.parentElement || selection.anchorNode).closest("[data-text]");
    const card = text && text.closest(".work-answer");
    if (!card || words.unit !== "words" || !card.querySelector(".work-form") || !text.contains(selection.focusNode)) {
      picked = null;
      if (chosen) chosen.hidden = true;
      return;
    }
    const range = selection.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const all = text.textContent, at = before.toString().length, quote = range.toString();
    const start = codePoints.fromUtf16(all, at), end = codePoints.fromUtf16(all, at + quote.length);
    picked = { passage: card.dataset.answer, start, end, quote };
    if (chosen) { chosen.hidden = false; chosen.querySelector("q").textContent = quote.length > 90 ? `${quote.slice(0, 90)}…` : quote; }
  };
  const putPicked = (tag, name) => {
    if (!picked) return;
    const { passage, start, end, quote } = picked;
    save([["passage", passage], ["start", String(start)], ["end", String(end)], ["tag", tag]], `${name}: ${quote.slice(0, 60)}`);
    getSelection().removeAllRanges();
    pick();
  };
  const stuck = () => sticky && sticky.value ? sticky.selectedOptions[0] : null;
  let settled = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(settled); settled = setTimeout(pick, 150); });
  work.addEventListener("pointerup", () => setTimeout(() => { pick(); if (picked && stuck()) putPicked(stuck().value, stuck().textContent); }, 200));
  if (chosen) chosen.addEventListener("click", (event) => {
    const button = event.target.closest("[data-bar-tag]");
    if (button) putPicked(button.dataset.barTag, button.textContent.trim());
  });
  if (chosen) chosen.addEventListener("pointerdown", (event) => { if (event.target.closest("button")) event.preventDefault(); });

  // A tag that sticks: one tap marks a sentence or an answer.
  const fill = (form, tag, name) => {
    save([...new FormData(form).entries(), ["tag", tag]].filter(([one]) => one !== "comment"), name);
    form.querySelectorAll("input[name=sentence]").forEach((box) => { box.checked = false; });
  };
  work.addEventListener("change", (event) => {
    if (event.target.name === "sentence" && event.target.checked && stuck()) fill(event.target.form, stuck().value, stuck().textContent);
  });
  work.addEventListener("click", (event) => {
    const text = event.target.closest("[data-text]"), card = text && text.closest(".work-answer");
    if (card && words.unit === "turn" && stuck() && card.querySelector(".work-form") && getSelection().isCollapsed) fill(card.querySelector(".work-form"), stuck().value, stuck().textContent);
    if (event.target.closest(".work-answer")) here = event.target.closest(".work-answer");
  });

  // Keys: arrows in the words of an answer always; single letters only where they were asked for.
  const letters = document.getElementById("f-keys");
  let here = null;
  if (letters) {
    letters.checked = read("work-keys", false);
    letters.addEventListener("change", () => keep("work-keys", letters.checked));
  }
  work.querySelectorAll("[data-sticky]").forEach((one) => { one.hidden = false; });
  document.addEventListener("keydown", (event) => {
    const text = event.target.closest && event.target.closest("[data-text]");
    if (text && words.unit === "words" && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const selection = getSelection();
      if (!text.contains(selection.anchorNode)) selection.collapse(text, 0);
      selection.modify(event.shiftKey ? "extend" : "move", event.key === "ArrowRight" ? "forward" : "backward", "word");
      event.preventDefault();
      return;
    }
    if (text && event.key === "Escape") { getSelection().removeAllRanges(); return; }
    if (text && event.key === "Enter" && picked && chosen) { chosen.querySelector("button").focus(); event.preventDefault(); return; }
    if (!letters || !letters.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const card = (event.target.closest && event.target.closest(".work-answer")) || here, digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit && picked && chosen) { const button = chosen.querySelectorAll("[data-bar-tag]")[Number(digit[1]) - 1]; if (button) button.click(); }
    else if (digit && card) { const button = card.querySelectorAll(".tag-button[data-tag]")[Number(digit[1]) - 1]; if (button) button.click(); }
    else if (event.key === "u") work.querySelector("form:has([name=undo])").requestSubmit();
    else return;
    event.preventDefault();
  });

  addEventListener("online", flush);
  addEventListener("beforeunload", (event) => { if (queue.length && !navigator.onLine) event.preventDefault(); });
  queue.forEach(foresee);
  if (queue.length) flush();
})();
