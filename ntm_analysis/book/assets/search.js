// Search without a server: accents and đ are folded, words match by their beginnings,
// and a query that finds nothing is tried again with one letter wrong.
(() => {
  "use strict";
  const LIMIT = 30;
  const SNIPPET = 150;

  const folded = new Map();
  const foldLetter = (letter) => {
    let plain = folded.get(letter);
    if (plain === undefined) {
      const base = letter.normalize("NFD").charAt(0).toLowerCase();
      plain = base === "đ" ? "d" : base.length === 1 ? base : letter;
      folded.set(letter, plain);
    }
    return plain;
  };
  // One character for one, so that places in the folded text are places in the text.
  const fold = (text) => {
    let plain = "";
    for (let i = 0; i < text.length; i += 1) {
      const letter = text.charAt(i);
      plain += letter < "\u0080" ? letter.toLowerCase() : foldLetter(letter);
    }
    return plain;
  };
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+(?:[.,/][\p{L}\p{N}]+)*/gu) || [];
  const isWord = (text, at) => at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1));

  // Places where a word of the text begins with `token`.
  const starts = (text, token, most) => {
    const found = [];
    let at = text.indexOf(token);
    while (at >= 0 && found.length < most) {
      if (!isWord(text, at)) found.push(at);
      at = text.indexOf(token, at + 1);
    }
    return found;
  };

  const near = (a, b) => {
    // True if one letter added, dropped, changed or swapped turns a into b.
    if (Math.abs(a.length - b.length) > 1 || a === b) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    const restA = a.slice(i);
    const restB = b.slice(i);
    return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
  };

  class Index {
    constructor(records) {
      this.records = records.map(([page, anchor, chapter, section, text]) => ({
        page, anchor, chapter, section, text,
        fChapter: fold(chapter), fSection: fold(section), fText: fold(text),
      }));
    }

    vocabulary() {
      if (!this.known) {
        this.known = new Set();
        for (const r of this.records) {
          for (const word of words(`${r.chapter} ${r.section} ${r.text}`)) this.known.add(word);
        }
      }
      return this.known;
    }

    search(query) {
      const tokens = [...new Set(words(query))];
      if (!tokens.length) return { hits: [], near: false };
      let hits = this.match(tokens.map((token) => [token]), query);
      if (hits.length) return { hits, near: false };
      const choices = tokens.map((token) => {
        if (this.records.some((r) => starts(`${r.fChapter} ${r.fSection} ${r.fText}`, token, 1).length)) return [token];
        if (token.length < 3) return [token];
        return [token, ...[...this.vocabulary()].filter((word) => near(token, word))];
      });
      hits = this.match(choices, query);
      return { hits, near: hits.length > 0 };
    }

    match(choices, query) {
      const phrase = fold(query.trim().replace(/\s+/g, " "));
      const exact = query.trim().toLowerCase();
      const hasAccents = phrase !== exact;
      const hits = [];
      for (const r of this.records) {
        let score = 0;
        let all = true;
        const marks = [];
        for (const tokens of choices) {
          let best = 0;
          for (const token of tokens) {
            const inText = starts(r.fText, token, 12);
            const inSection = starts(r.fSection, token, 3);
            const inChapter = starts(r.fChapter, token, 3);
            const points = 12 * inSection.length + 6 * inChapter.length + 2 * Math.log2(1 + inText.length);
            for (const at of inText) marks.push([at, token.length]);
            if (points > best) best = points;
          }
          if (!best) { all = false; break; }
          score += best;
        }
        if (!all) continue;
        // A hit in the chapter's title alone belongs to the chapter's first record.
        if (r.section && !marks.length && score && !choices.some((tokens) => tokens.some((t) => starts(r.fSection, t, 1).length))) continue;
        if (choices.length > 1) {
          if (starts(r.fSection, phrase, 1).length) score += 60;
          else if (starts(r.fText, phrase, 1).length) score += 30;
        }
        if (hasAccents && `${r.section} ${r.text}`.toLowerCase().includes(exact)) score += 25;
        if (!r.section) score += 1;
        hits.push({ record: r, score, marks, phrase });
      }
      hits.sort((a, b) => b.score - a.score);
      return hits;
    }
  }

  const snippet = ({ record, marks, phrase }) => {
    const whole = starts(record.fText, phrase, 1)[0];
    marks.sort((a, b) => a[0] - b[0]);
    const first = whole !== undefined ? whole : marks.length ? marks[0][0] : 0;
    let from = Math.max(0, first - 45);
    if (from > 0) from = record.text.indexOf(" ", from) + 1;
    const to = Math.min(record.text.length, from + SNIPPET);
    const parts = [];
    let at = from;
    for (const [start, length] of marks) {
      if (start < at || start + length > to) continue;
      parts.push([record.text.slice(at, start), false], [record.text.slice(start, start + length), true]);
      at = start + length;
    }
    parts.push([record.text.slice(at, to), false]);
    if (from > 0) parts.unshift(["… ", false]);
    if (to < record.text.length) parts.push([" …", false]);
    return parts;
  };

  window.ntmSearch = { Index, fold, snippet, LIMIT };
})();
