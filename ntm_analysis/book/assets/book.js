// The drawer, the sections in view, tables that scroll, and the search box.
(() => {
  "use strict";
  const root = document.documentElement.dataset.root || "";
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // The list of chapters as a drawer on small screens.
  const sidebar = $("#sidebar");
  const menu = $(".menu");
  const veil = $(".veil");
  const foldOf = (link) => (link.nextElementSibling?.matches("details") ? link.nextElementSibling : null);
  const isDrawer = () => getComputedStyle(menu).display !== "none";
  const setDrawer = (open) => {
    sidebar.classList.toggle("open", open);
    veil.hidden = !open;
    menu.setAttribute("aria-expanded", String(open));
    $("#main").inert = open;
    if (open) $(".close", sidebar).focus();
    else if (sidebar.contains(document.activeElement)) menu.focus();
  };
  menu.setAttribute("role", "button");
  menu.setAttribute("aria-controls", "sidebar");
  menu.setAttribute("aria-expanded", "false");
  menu.addEventListener("click", (event) => {
    event.preventDefault();
    setDrawer(!sidebar.classList.contains("open"));
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); menu.click(); }
  });
  $(".close", sidebar).addEventListener("click", (event) => { event.preventDefault(); setDrawer(false); });
  veil.addEventListener("click", () => setDrawer(false));
  sidebar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const fold = foldOf(link);
    if (fold) fold.open = true;
    if (isDrawer() && !link.classList.contains("close")) setDrawer(false);
  });
  window.addEventListener("resize", () => { if (!isDrawer() && sidebar.classList.contains("open")) setDrawer(false); });
  const current = $('[aria-current="page"]', sidebar);
  if (current && !isDrawer()) {
    const shift = current.getBoundingClientRect().top - sidebar.getBoundingClientRect().top;
    if (shift > sidebar.clientHeight * 0.7) sidebar.scrollTop = shift - 80;
  }

  // The section being read, in the sidebar and in the table of contents of the page.
  const headings = $$("article h2[id], article h3[id], article h4[id]");
  const links = new Map();
  for (const link of $$(".page-toc a, .sidebar-sections a")) {
    const id = decodeURIComponent(link.hash.slice(1));
    links.set(id, [...(links.get(id) || []), link]);
  }
  let shown = null;
  const show = (id) => {
    if (id === shown) return;
    shown = id;
    for (const link of $$(".page-toc .here, .sidebar .here")) link.classList.remove("here");
    for (const item of $$(".page-toc li.open")) item.classList.remove("open");
    for (const link of links.get(id) || []) {
      link.classList.add("here");
      for (let item = link.closest("li"); item; item = item.parentElement.closest("li")) item.classList.add("open");
      if (link.closest(".sidebar-sections") && !isDrawer()) {
        const around = [foldOf(link)].filter(Boolean);
        for (let fold = link.closest("details"); fold && !fold.classList.contains("part"); fold = fold.parentElement.closest("details")) around.push(fold);
        for (const fold of $$(".sidebar-sections details")) fold.open = around.includes(fold);
      }
      const box = link.closest(".page-toc, .sidebar");
      const place = link.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      if (place.height && (place.bottom > frame.bottom - 40 || place.top < frame.top + 10)) {
        box.scrollTop += place.top - frame.top - frame.height / 3;
      }
    }
  };
  let waiting = false;
  const look = () => {
    waiting = false;
    let id = null;
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > 140) break;
      id = heading.id;
    }
    show(id);
  };
  if (headings.length) {
    window.addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(look); }
    }, { passive: true });
    look();
  }

  // Wide tables and pictures can be scrolled with the keyboard, named by their captions.
  let number = 0;
  const reach = () => {
    for (const box of $$(".ntm-scroll")) {
      const wide = box.scrollWidth > box.clientWidth + 1;
      box.classList.toggle("wide", wide);
      if (!wide) { box.removeAttribute("tabindex"); box.removeAttribute("role"); continue; }
      const caption = $(".ntm-caption", box) || $("figcaption", box.closest("figure") || box);
      if (caption && !caption.id) { number += 1; caption.id = `caption-${number}`; }
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      if (caption) box.setAttribute("aria-labelledby", caption.id);
    }
  };
  for (const box of $$(".ntm-scroll")) {
    box.addEventListener("scroll", () => {
      box.classList.toggle("at-end", box.scrollLeft + box.clientWidth > box.scrollWidth - 8);
    }, { passive: true });
  }
  reach();
  window.addEventListener("resize", reach);
  window.addEventListener("load", reach);
  for (const picture of $$(".ntm-scroll img")) picture.addEventListener("load", reach); // lazily

  for (const heading of $$("article h2[id], article h3[id], article h4[id]")) {
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    link.setAttribute("aria-label", `# ${heading.textContent}`);
    heading.append(link);
  }

  // A link to what lies folded unfolds it; a choice of indicators shows them at once.
  const unfold = () => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(window.location.hash.slice(1))); } catch { return; }
    let shut = false;
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      shut ||= !fold.open;
      fold.open = true;
    }
    if (shut) target.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  unfold();
  if (!CSS.supports("selector(::details-content)")) {
    $(".ntm-show")?.addEventListener("change", (event) => {
      for (const fold of $$(".ntm-rows > details")) fold.open = event.target.id !== "ntm-show-fold";
    });
  }

  // Search.
  const box = $(".search");
  const input = $("#search");
  const panel = $(".search-panel");
  const list = $("#search-results");
  const status = $(".search-status");
  let index = null;
  let loading = false;
  let asked = 0;
  let pause = 0;
  let active = -1;
  box.hidden = false;

  const load = async () => {
    if (loading) return;
    loading = true;
    try {
      index = await (window.ntmShelf ? window.ntmShelf.open() : window.ntmSearch.ofBook(input.dataset.index));
      soon();
    } catch {
      loading = false; // a file is missing, or the network: the next key tries again
    }
  };
  const setActive = (at) => {
    const items = $$("[role=option]", list);
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    active = at;
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", items[at].id);
      items[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    setActive(-1);
  };
  const span = (name, parts) => {
    const element = document.createElement("span");
    element.className = name;
    for (const [text, hit] of parts) {
      const piece = hit ? document.createElement("mark") : document.createTextNode(text);
      if (hit) piece.textContent = text;
      element.append(piece);
    }
    return element;
  };
  const address = (record) => root + record.page + (record.anchor ? `#${record.anchor}` : "");
  const option = (id, href) => {
    const item = document.createElement("li");
    item.id = id;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.href = href;
    return item;
  };
  const run = async () => {
    const query = input.value.trim();
    asked += 1;
    if (!query || !index) { close(); return; }
    const turn = asked;
    const { hits, near, short, many = hits.length } = await index.search(query);
    if (turn !== asked) return; // another key was pressed meanwhile
    const told = query.length > 60 ? `${query.slice(0, 60)}…` : query;
    status.textContent = short ? input.dataset.short
      : !many ? `${input.dataset.none}: “${told}”`
      : near ? `${input.dataset.near} · ${many} ${input.dataset.found}` : `${many} ${input.dataset.found}`;
    const items = hits.slice(0, window.ntmSearch.LIMIT).map((hit, i) => {
      const item = option(`hit-${i}`, address(hit.record));
      item.append(span("hit-title", [[hit.record.section || hit.record.chapter, false]]));
      const place = hit.record.section ? hit.record.chapter : "";
      if (place || hit.book) item.append(span("hit-place", [[[place, hit.book].filter(Boolean).join(" · "), false]]));
      item.append(span("hit-text", window.ntmSearch.snippet(hit)));
      return item;
    });
    if (input.dataset.shelf) {
      const all = option("hit-all", `${input.dataset.shelf}?q=${encodeURIComponent(query)}`);
      all.append(span("hit-title", [[`${input.dataset.all}: “${query}” →`, false]]));
      if (near) items.unshift(all); // what was meant more likely stands in another book
      else items.push(all);
    }
    list.replaceChildren(...items);
    list.dataset.query = query;
    panel.hidden = false;
    input.setAttribute("aria-expanded", "true");
    setActive(items.length ? 0 : -1);
  };
  // Where a search loads files, it waits for a pause in the typing.
  const soon = () => {
    clearTimeout(pause);
    if (window.ntmShelf) pause = setTimeout(run, 180);
    else run();
  };
  const go = (item) => { close(); input.blur(); window.location.href = item.dataset.href; };

  input.addEventListener("focus", () => { load(); if (input.value.trim()) run(); });
  input.addEventListener("input", () => { load(); soon(); });
  input.addEventListener("keydown", (event) => {
    const items = $$("[role=option]", list);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!items.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + step + items.length) % items.length);
    } else if (event.key === "Enter" && active >= 0 && !panel.hidden) {
      event.preventDefault();
      go(items[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!panel.hidden) close();
      else { input.value = ""; input.blur(); }
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) go(item);
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) close(); });
  // The list of communes on the first page narrows while one types; what it lacks, the search finds.
  const find = $("#find");
  if (find) {
    const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
    const told = $("#find-status");
    const rows = $$(".ntm-communes > li").map((row) => [row, bare(`${$("a", row).textContent} ${$(".ntm-place", row).textContent}`).replace(/\s+/g, " ")]);
    const narrow = () => {
      const wanted = bare(find.value).split(/\s+/).filter(Boolean);
      // Names as they are written; only where there is none, the words in any order.
      const whole = rows.some(([, text]) => text.includes(wanted.join(" ")));
      let many = 0;
      for (const [row, text] of rows) {
        row.hidden = !(whole ? text.includes(wanted.join(" ")) : wanted.every((word) => text.includes(word)));
        many += row.hidden ? 0 : 1;
      }
      told.textContent = !wanted.length ? "" : many ? `${many} ${told.dataset.found}` : told.dataset.none;
    };
    find.form.hidden = false;
    find.addEventListener("input", narrow);
    find.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const shown = rows.filter(([row]) => !row.hidden);
      if (find.value.trim() && shown.length === 1) { $("a", shown[0][0]).click(); return; }
      input.value = find.value;
      input.focus();
      load();
      soon();
    });
    narrow();
  }
  const given = new URLSearchParams(window.location.search).get("q");
  if (given) {
    input.value = given;
    input.focus();
    load();
  }
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sidebar.classList.contains("open")) setDrawer(false);
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();
