// A voter's answers compared in the browser: nothing is sent and nothing is kept. The same figures as positions/matching.py,
// held to it by one file of vectors. Whole numbers (weights doubled, likeness in quarters) keep every comparison exact.
(() => {
  const percent = (part, of) => Math.floor((200 * part + of) / (2 * of));

  // In quarters. Numbers are places on the scale, strings the key of one of several answers.
  const likeness = (answer, position) =>
    typeof answer === "string" ? 4 * (answer === position) : 4 - 2 * Math.abs(answer - position);
  const leastLike = (answer) => typeof answer === "string" ? 0 : 2 - 2 * Math.abs(answer);

  // asked: [answer, weight, position or null], each; null figures where nothing was answered or, for A, nothing is known.
  const figures = (asked) => {
    let [agree, compared, unknown, known, all, alike, least, directed] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (const [answer, weighed, position] of asked) {
      const weight = 2 * weighed;
      all += weight;
      if (position === null) {
        unknown += 1;
        least += weight * leastLike(answer);
      } else {
        const like = likeness(answer, position);
        compared += 1;
        known += weight;
        alike += weight * like;
        directed += weight * (2 * like - 4);
        if (like >= 3) agree += 1;
      }
    }
    const [low, high, whole] = [alike + least, alike + 4 * (all - known), 4 * all];
    return {
      agree, compared, unknown,
      A: known ? alike / (4 * known) : null,
      C: all ? known / all : null,
      M: all ? directed / whole : null,
      lo: all ? low / whole : null,
      hi: all ? high / whole : null,
      percent: all ? [percent(low, whole), percent(high, whole)] : null,
      low, high,
    };
  };

  // Of two candidates and the same answers: the whole is the same, so the parts tell.
  const above = (one, other) => one.low > other.high;

  const order = (all) => {
    const waiting = [...all.keys()];
    const ordered = [];
    while (waiting.length) {
      const next = waiting.find((i) => !waiting.some((j) => above(all[j], all[i])));
      ordered.push(next);
      waiting.splice(waiting.indexOf(next), 1);
    }
    return ordered;
  };

  window.matching = { figures, above, order };

  const fill = (text, told) => text.replace(/\{(\w+)\}/g, (_, name) => told[name]);

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("[data-match]");
    if (!form) return;
    const { statements, candidates, words } = JSON.parse(form.dataset.match);
    const result = document.getElementById("result");
    const one = (selector, within = result) => within.querySelector(selector);
    const box = (slug) => one(`[data-candidate="${slug}"]`);
    const say = (place, text) => {
      place.textContent = text;
      place.hidden = !text;
    };

    const chosen = (name) => form.elements[name].value;
    const answered = () => statements.flatMap(({ key, topic }, i) => {
      const said = chosen(`a-${key}`);
      return said === "" || said === "skip" ? [] : [{ i, key, topic, said, weight: chosen(`w-${key}`) }];
    });
    const OPTION = "option:";
    const stand = (said) => said.startsWith(OPTION) ? said.slice(OPTION.length) : Number(said);
    const asked = (answers, x) => answers.map((answer) => [stand(answer.said), Number(answer.weight), x[answer.i]]);

    const counted = (told) => {
      const one = told.agree ? "one_alike" : "one_apart";
      const compared = words.compared[told.compared === 0 ? "none" : told.compared === 1 ? one : "many"];
      const unknown = words.unknown[["none", "one", "many"][Math.min(told.unknown, 2)]];
      return `${fill(compared, told)}${fill(unknown, told)}.`;
    };
    const showInterval = (place, told) => {
      place.hidden = !told.percent;
      if (!told.percent) return;
      const [low, high] = told.percent;
      one(".figures", place).textContent = fill(told.unknown ? words.between : words.exactly, { low, high });
      one(".bar-value", place).setAttribute("x", Math.min(low, 99));
      one(".bar-value", place).setAttribute("width", Math.max(high - low, 1));
    };

    const showCandidate = (candidate, told, below, answers) => {
      const place = box(candidate.slug);
      one("[data-count]", place).textContent = counted(told);
      say(one("[data-above]", place), below.length ? fill(words.more_than, { names: below.join(", ") }) : "");
      one("[data-sure]", place).hidden = !answers.length;
      for (const interval of place.querySelectorAll("[data-interval]")) {
        const topic = interval.dataset.interval;
        const on = topic ? answers.filter((answer) => answer.topic === topic) : answers;
        showInterval(interval, figures(asked(on, candidate.x)));
      }
      for (const count of result.querySelectorAll(`[data-of="${candidate.slug}"]`)) {
        const on = answers.filter((answer) => answer.topic === count.dataset.topic);
        count.textContent = counted(figures(asked(on, candidate.x)));
      }
    };

    const showAnswers = (answers) => {
      const given = new Map(answers.map((answer) => [answer.key, answer]));
      for (const { key, words: told } of statements) {
        const answer = given.get(key);
        const weighed = answer && answer.weight !== "1" ? ` (${words.weights[answer.weight]})` : "";
        one(`[data-answer="${key}"]`).textContent = answer ? `${told[answer.said]}${weighed}` : words.skipped;
        one(`[data-weight="${key}"]`).hidden = !answer;
      }
      one("[data-weights]").hidden = !answers.length;
    };

    const most = (answers, below) => {
      if (!answers.length) return words.all_skipped;
      if (candidates.length < 2) return "";
      const first = below.findIndex((names) => names.length === candidates.length - 1);
      return first < 0 ? words.nobody_known : fill(words.most, { name: candidates[first].name });
    };

    const show = () => {
      const answers = answered();
      const all = candidates.map(({ x }) => figures(asked(answers, x)));
      const below = all.map((told) => candidates.filter((_, j) => above(told, all[j])).map(({ name }) => name));
      candidates.forEach((candidate, i) => showCandidate(candidate, all[i], below[i], answers));
      one("[data-candidates]").append(...order(all).map((i) => box(candidates[i].slug)));
      say(one("[data-most]"), most(answers, below));
      one("[data-ordered]").hidden = !below.some((names) => names.length);
      showAnswers(answers);
      result.hidden = false;
    };

    form.querySelector("[data-without-script]").hidden = true;
    form.querySelector("[data-with-script]").hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
      const head = document.getElementById("result-head");
      head.focus({ preventScroll: true });
      head.scrollIntoView();
    });
    form.addEventListener("change", () => {
      if (result.hidden) return;
      show();
      document.getElementById("announcer").textContent = one("[data-most]").textContent;
    });
  });
})();
