// The quote quiz in the browser: nothing is sent and nothing is kept. The figures are those of match.js (window.matching): a rating is a
// position at 1, 0.5 or 0 of the way to agreeing, null where it is open or nothing was said. A code is made only on request.
(() => {
  const { figures, above } = window.matching;
  const fill = (text, told) => text.replace(/\{(\w+)\}/g, (_, name) => told[name]);
  const form = (n) => ["none", "one", "many"][Math.min(n, 2)];

  document.addEventListener("DOMContentLoaded", () => {
    const quiz = document.getElementById("quiz");
    if (!quiz) return;
    const { version, seed, letters, candidates, issues, cards, words } = JSON.parse(quiz.dataset.quiz);
    const hidden = document.getElementById("quiz-result");
    const result = () => document.getElementById("result");
    const numbers = [...Array(cards).keys()].map((i) => i + 1);
    const said = (n) => quiz.elements[`card-${n}`].value;
    const isRated = (n) => !["", "open"].includes(said(n));
    const code = () => `${version}-${seed}-${numbers.map((n) => letters[said(n) || "open"]).join("")}`;

    const figured = (slug) => {
      const theirs = issues.filter((issue) => Object.values(issue).some(isRated)).map((issue) => issue[slug] ?? null);
      const silent = theirs.filter((n) => n === null).length;
      const ratings = theirs.filter((n) => n !== null && isRated(n)).map(said);
      const asked = theirs.map((n) => [1, 1, n !== null && isRated(n) ? 2 * Number(said(n)) - 1 : null]);
      return { ...figures(asked), ratings, silent, open: theirs.length - silent - ratings.length };
    };

    const counted = ({ ratings, open, silent }) => {
      const of = (value) => ratings.filter((rating) => rating === value).length;
      const told = {
        rated: ratings.length, agree: of("1"), partly: of("0.5"), disagree: of("0"), open, silent,
        rating: words.one[ratings[0]],
      };
      const parts = [words.rated[form(ratings.length)], words.open[form(open)], words.silent[form(silent)]];
      return parts.filter(Boolean).map((part) => fill(part, told)).join(" ");
    };

    const showCandidate = (slug, told) => {
      const place = result().querySelector(`[data-candidate="${slug}"]`);
      place.querySelector("[data-count]").textContent = counted(told);
      place.querySelector("[data-sure]").hidden = !told.percent;
      if (!told.percent) return;
      const [low, high] = told.percent;
      place.querySelector(".figures").textContent = fill(told.unknown ? words.between : words.exactly, { low, high });
      place.querySelector(".bar-value").setAttribute("x", Math.min(low, 99));
      place.querySelector(".bar-value").setAttribute("width", Math.max(high - low, 1));
    };

    const orderLines = (all) => {
      if (!numbers.some(isRated)) return words.nothing_rated;
      const apart = all.some((one) => all.some((other) => above(one, other)));
      return apart ? words.not_first : `${words.nobody_known} ${words.not_first}`;
    };

    const show = () => {
      if (!result()) hidden.replaceWith(hidden.content);
      const all = candidates.map(figured);
      candidates.forEach((slug, i) => showCandidate(slug, all[i]));
      result().querySelector("[data-order]").textContent = orderLines(all);
      for (const place of result().querySelectorAll("[data-rating]")) {
        place.textContent = words.ratings[said(place.dataset.rating)];
      }
      result().querySelector("[data-code]").textContent = code();
      const link = result().querySelector("[data-code-link]");
      link.href = `${link.href.split("#")[0]}#code=${code()}`;
    };

    const goThere = () => {
      const head = document.getElementById("result-head");
      head.focus({ preventScroll: true });
      head.scrollIntoView();
    };

    // A code of another order is of this quiz too: the page of that order is asked for, the code itself stays behind #.
    const take = (typed) => {
      const found = /^([0-9a-f]{6})-(\d{1,6})-([apdo]+)$/.exec(typed.trim());
      if (!found) return words.no_code;
      if (found[1] !== version || found[3].length !== cards) return words.other_code;
      if (Number(found[2]) !== seed) {
        const address = new URL(location.href);
        address.searchParams.set("seed", Number(found[2]));
        address.hash = `code=${typed.trim()}`;
        location.assign(address);
        return "";
      }
      const values = Object.fromEntries(Object.entries(letters).map(([value, letter]) => [letter, value]));
      numbers.forEach((n) => { quiz.elements[`card-${n}`].value = values[found[3][n - 1]]; });
      show();
      goThere();
      return "";
    };

    const complain = (words) => {
      const field = document.querySelector("[data-code-form] input[name=code]");
      field.setCustomValidity(words);
      field.reportValidity();
    };

    quiz.querySelector("[data-without-script]").hidden = true;
    quiz.querySelector("[data-with-script]").hidden = false;
    quiz.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
      goThere();
    });
    quiz.addEventListener("change", () => { if (result()) show(); });
    const codes = document.querySelector("[data-code-form]");
    codes.addEventListener("input", () => codes.elements.code.setCustomValidity(""));
    codes.addEventListener("submit", (event) => {
      event.preventDefault();
      const wrong = take(codes.elements.code.value);
      if (wrong) complain(wrong);
    });
    const held = /^#code=(.+)$/.exec(location.hash);
    if (held) {
      const wrong = take(decodeURIComponent(held[1]));
      if (wrong) complain(wrong);
    }
  });
})();
