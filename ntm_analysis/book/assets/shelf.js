// Search over all books of a shelf: files of words by their beginnings say which pages have them;
// then only what the best pages say is loaded.
(() => {
  "use strict";
  const FOLDER = "site/search/";
  const [TITLE, HEADING] = ["^", "#"];
  const LIKELY = 60; // pages whose titles are looked at
  const BEST = 12; // pages that are looked into
  const EACH = 3; // places shown of a page
  const MOST_FILES = 60;
  const { Index, better, words, near, grouped, load, textOf } = window.ntmSearch;

  let known = []; // the beginnings, in order
  let perFile = 1;
  let real = Infinity; // pages from this number on are made up
  const postings = new Map();
  const titles = new Map();

  const numbers = (text) => {
    const found = [];
    for (const run of text.split(" ")) {
      const [first, last = first] = run.split("-").map((end) => parseInt(end, 36));
      for (let at = first; at <= last; at += 1) found.push(at);
    }
    return found;
  };
  const fileOf = (start) => "words-" + [...start].map((c) => (/[A-Za-z0-9]/.test(c) ? c : `_${c.codePointAt(0).toString(16)}`)).join("");

  // All words that begin with `token`, from the files that may hold them.
  const among = async (token) => {
    const files = known.filter((start) => start.startsWith(token) || token.startsWith(start));
    await Promise.all(files.slice(0, MOST_FILES).map((start) => load(`${FOLDER}${fileOf(start)}.js`)));
    return files.flatMap((start) => [...(postings.get(start) || [])]);
  };
  const pagesOf = (entries) => new Set(entries.flatMap(([, text]) => numbers(text)));
  const beginning = async (token) => pagesOf((await among(token)).filter(([word]) => word.startsWith(token)));
  const exactly = async (token) => pagesOf((await among(token)).filter(([word]) => word === token));
  // Words with one letter wrong, after the first two letters.
  const alike = async (token) => {
    const mark = token.startsWith(TITLE) ? TITLE : "";
    const bare = token.slice(mark.length);
    if (bare.length < 3) return new Set();
    const entries = await among(mark + bare.slice(0, 2 - mark.length));
    return pagesOf(entries.filter(([word]) => near(bare, word.slice(mark.length))));
  };
  const title = async (number) => {
    const file = Math.floor(number / perFile);
    await load(`${FOLDER}pages-${file}.js`);
    return titles.get(file)[number % perFile];
  };

  const means = (token, word) => word.startsWith(token) || (token.length > 2 && near(token, word));
  const common = (sets) => {
    const [least, ...rest] = [...sets].sort((a, b) => a.size - b.size);
    return least ? [...least].filter((number) => rest.every((set) => set.has(number))) : [];
  };

  const shown = async (number, tokens, query, inexact) => {
    const [page, heading] = await title(number);
    // A page whose text cannot be loaded is still shown by its title.
    const records = (await textOf(page).catch(() => null)) || [[page, "", heading, "", ""]];
    const inTitle = words(heading);
    const named = (token, word) => (inexact ? means(token, word) : word.startsWith(token));
    const rest = new Set(tokens.filter((token) => !inTitle.some((word) => named(token, word))));
    // As it was typed: accents count.
    const typed = (query.match(/\S+/g) || []).filter((word) => words(word).some((token) => rest.has(token)));
    const index = new Index(records);
    for (const record of index.records) record.madeUp = number >= real;
    for (const sought of [typed.join(" "), query]) {
      const { hits } = sought ? index.search(sought) : { hits: [] };
      if (hits.length) return hits.slice(0, EACH);
    }
    const [record] = index.records;
    return record ? [{ record, fit: 0, score: 0, marks: [] }] : [];
  };

  const search = async (asked) => {
    const query = asked.normalize("NFC"); // a keyboard may give accents in pieces
    const all = [...new Set(words(query))];
    const tokens = all.filter((token) => token.length > 1); // a letter alone is on every page
    if (!tokens.length) return { hits: [], pages: [], near: false, many: 0, short: all.length > 0 };
    const sets = await Promise.all(tokens.map(beginning));
    const named = await Promise.all(tokens.map((token) => beginning(TITLE + token)));
    const headed = await Promise.all(tokens.map((token) => beginning(HEADING + token)));
    let found = common(sets);
    let inexact = false;
    const written = grouped(query) === query ? null : await search(grouped(query));
    const others = written && !written.near ? written : { hits: [], pages: [] };
    if (!found.length && others.hits.length) return written;
    // A name with a letter wrong may begin other words. Where no page has all words whole (the last
    // is perhaps still being typed), titles that are spelt alike come first.
    const whole = await Promise.all(tokens.map((token, at) => (at === tokens.length - 1 ? sets[at] : exactly(token))));
    if (!common(whole).length) {
      const close = await Promise.all(tokens.map((token) => alike(TITLE + token)));
      const meant = common(named.map((set, at) => new Set([...set, ...close[at]])));
      found = [...new Set([...meant, ...found])];
      for (const set of named) for (const number of meant) set.add(number);
      inexact = meant.length > 0;
    }
    if (!found.length) {
      const close = await Promise.all(tokens.map((token, at) => (sets[at].size && tokens.length > 1 ? new Set() : alike(token))));
      found = common(sets.map((set, at) => new Set([...set, ...close[at]])));
      inexact = found.length > 0;
    }
    const points = (number, list, each) => each * list.reduce((sum, set) => sum + (set.has(number) ? 1 : 0), 0);
    const likely = found.map((number) => [points(number, named, 2) + points(number, headed, 1), number])
      .sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, LIKELY);
    // Among equals, those whose title has the words one after the other.
    const ranked = await Promise.all(likely.map(async ([weight, number]) => {
      const [, heading] = await title(number);
      const inTitle = words(heading);
      const together = inTitle.some((_, at) => tokens.every((token, i) => means(token, inTitle[at + i] || "")));
      return [weight + (together ? 1 : 0), number];
    }));
    const best = ranked.sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, BEST);
    const lists = await Promise.all(best.map(async ([weight, number]) => {
      const hits = await shown(number, tokens, query, inexact);
      return hits.map((hit) => ({ ...hit, weight }));
    }));
    // Pages by their titles and headings; among equals, places by how well they fit. The numbers of
    // pages put what is made up last, so that it never takes the places of what is as good.
    const places = new Set(lists.flat().map(({ record }) => `${record.page}#${record.anchor}`));
    const more = others.hits.filter(({ record }) => !places.has(`${record.page}#${record.anchor}`));
    const hits = [...lists.flat(), ...more].sort((a, b) => b.weight - a.weight || better(a, b));
    const pages = [...new Set([...found, ...others.pages])]; // a page may have the number both ways
    return { hits, pages, near: inexact, many: pages.length };
  };

  window.ntmShelf = {
    open: async () => { await load(`${FOLDER}starts.js`); return { search }; },
    starts: (starts, _pages, each, notMadeUp) => { known = starts; perFile = each; real = notMadeUp; },
    postings: (start, entries) => { postings.set(start, Object.entries(entries)); },
    pages: (file, list) => { titles.set(file, list); },
  };
})();
