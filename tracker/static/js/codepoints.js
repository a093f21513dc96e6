// Browsers count text in UTF-16 units, the record in code points: from one to the other, as positions/classes/spans.py does.
window.codePoints = {
  fromUtf16(text, offset) {
    let point = 0;
    let units = 0;
    for (const letter of text) {
      if (units + letter.length > offset) break; // an offset inside a pair is the letter's beginning
      units += letter.length;
      point += 1;
    }
    return point;
  },

  toUtf16(text, point) {
    let units = point;
    let seen = 0;
    for (const letter of text) {
      if (seen === point) break;
      units += letter.length - 1;
      seen += 1;
    }
    return units;
  },
};
