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

  // A long number as the book writes it: people type 2696 for 2.696.
  const POINT = document.documentElement.lang === "en" ? "," : ".";
  const grouped = (query) => query.replace(/(?<![\p{L}\p{N}.,/])\d{4,}(?![\p{L}\p{N}.,/])/gu,
    (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, POINT));

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

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

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

  // How a query fits headings and wording first; what is made up after what is as good; then how often.
  const better = (a, b) => b.fit - a.fit || a.record.madeUp - b.record.madeUp || b.score - a.score;

  // Of hits, those that stand as the query does, if any does so whole.
  const standing = (hits) => (hits.some((hit) => hit.whole) ? hits.filter((hit) => hit.whole || hit.full) : []);

  class Index {
    constructor(records) {
      this.records = records.map(([page, anchor, chapter, section, text, entries = "", madeUp = false]) => ({
        page, anchor, chapter, section, text, madeUp,
        fChapter: fold(chapter), fSection: fold(section), fText: fold(text), fEntries: fold(entries),
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

    // The exact query first; where it nowhere stands as it was typed, also what is spelt alike.
    search(asked) {
      const query = asked.normalize("NFC"); // a keyboard may give accents in pieces
      const tokens = [...new Set(words(query))];
      if (!tokens.length) return { hits: [], near: false };
      const exact = this.match(tokens, query);
      const typed = standing(exact);
      const other = grouped(query);
      const written = other === query ? [] : standing(this.match([...new Set(words(other))], other));
      if (typed.length || written.length) {
        const seen = new Set(typed.map((hit) => hit.record));
        return { hits: [...typed, ...written.filter((hit) => !seen.has(hit.record))].sort(better), near: false };
      }
      const choices = words(query).map((token) => [token, ...this.alike(token)]);
      const pattern = new RegExp(
        `(?<![\\p{L}\\p{N}])${choices.map((c) => `(?:${c.map(escape).join("|")})`).join("[^\\p{L}\\p{N}]+")}(?![\\p{L}\\p{N}])`, "gu");
      const similar = this.find(pattern);
      const found = new Set(similar.map((hit) => hit.record));
      return {
        hits: [...similar, ...exact.filter((hit) => !found.has(hit.record))],
        near: similar.length > 0,
      };
    }

    alike(token) {
      return token.length < 3 ? [] : [...this.vocabulary()].filter((word) => near(token, word));
    }

    find(pattern) {
      const hits = [];
      for (const r of this.records) {
        const marks = [...r.fText.matchAll(pattern)].slice(0, 12).map((m) => [m.index, m[0].length]);
        const inSection = [...r.fSection.matchAll(pattern)].length;
        const inChapter = r.section ? 0 : [...r.fChapter.matchAll(pattern)].length;
        const fit = 12 * inSection + 20 * inChapter;
        const score = fit + 2 * Math.log2(1 + marks.length);
        if (score) hits.push({ record: r, fit, score, marks, whole: true });
      }
      return hits.sort(better);
    }

    match(tokens, query) {
      const phrase = fold(query.trim().replace(/\s+/g, " "));
      const exact = query.trim().toLowerCase();
      const hasAccents = phrase !== exact;
      const hits = [];
      for (const r of this.records) {
        let score = 0;
        let marks = [];
        let complete = true;
        let heads = true; // whether a heading or an entry has every word
        const all = tokens.every((token) => {
          const inText = starts(r.fText, token, 40);
          const inSection = starts(r.fSection, token, 3);
          // The chapter's title counts for its first record only, else it would find every section.
          const inChapter = r.section ? [] : starts(r.fChapter, token, 3);
          const ends = (text, at) => !isWord(text, at + token.length + 1);
          const full = (text, places) => places.filter((at) => ends(text, at)).length;
          const entered = full(r.fEntries, starts(r.fEntries, token, 40));
          heads &&= full(r.fSection, inSection) + full(r.fChapter, inChapter) + entered > 0;
          score += 12 * inSection.length + 14 * inChapter.length + 2 * Math.log2(1 + inText.length)
            + 2 * Math.log2(1 + full(r.fText, inText)) + 4 * full(r.fSection, inSection);
          complete &&= full(r.fText, inText) + full(r.fSection, inSection) + full(r.fChapter, inChapter) > 0;
          for (const at of inText) marks.push([at, token.length]);
          return inText.length + inSection.length + inChapter.length > 0;
        });
        if (!all) continue;
        let fit = heads ? 40 : 0;
        const inText = starts(r.fText, phrase, 12);
        const inTitle = starts(r.fSection, phrase, 1).length + (r.section ? 0 : starts(r.fChapter, phrase, 1).length);
        const whole = inText.length + inTitle > 0;
        if (tokens.length > 1 && whole) {
          fit += inTitle ? 60 : 30;
          if (inText.length) marks = inText.map((at) => [at, phrase.length]);
        }
        if (hasAccents && `${r.chapter} ${r.section} ${r.text}`.toLowerCase().includes(exact)) fit += 25;
        hits.push({ record: r, fit, score, marks, whole, full: complete });
      }
      return hits.sort(better);
    }
  }

  const snippet = ({ record, marks }) => {
    marks.sort((a, b) => a[0] - b[0]);
    const first = marks.length ? marks[0][0] : 0;
    let from = Math.max(0, first - 45);
    if (from > 0) from = record.text.indexOf(" ", from) + 1;
    let to = Math.min(record.text.length, from + SNIPPET);
    if (to < record.text.length) to = Math.max(record.text.lastIndexOf(" ", to), first);
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

  // What the pages say comes as scripts, since a page opened from a folder may not fetch data.
  const root = document.documentElement.dataset.root || "";
  const loading = new Map();
  const load = (path) => {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = root + path;
        script.onload = resolve;
        script.onerror = () => { loading.delete(path); script.remove(); reject(new Error(path)); };
        document.head.append(script);
      }));
    }
    return loading.get(path);
  };
  const pages = new Map(); // the records of a page
  let listed = [];
  const text = (page, title, sections, madeUp = false) => {
    pages.set(page, sections.map(([anchor, heading, words, entries]) => [page, anchor, title, heading, words, entries, madeUp]));
  };
  const files = (paths) => { listed = paths; };
  const textOf = async (page) => {
    await load(page.replace(/\.html$/, ".text.js"));
    return pages.get(page);
  };

  // All pages of a book.
  const ofBook = async (index) => {
    await load(index);
    await Promise.all(listed.map(load));
    return new Index(listed.flatMap((path) => pages.get(path.replace(/\.text\.js$/, ".html")) || []));
  };

  window.ntmSearch = { Index, better, fold, words, near, grouped, starts, snippet, load, text, files, textOf, ofBook, LIMIT };
})();
