// Filters over lists in sections: checks by verdict, speaker, article, state and words; mentions by article. What can be
// chosen is read from the page's own headings and links; the address holds what is chosen.

import { keepInAddress } from "./newsgloss-address.js";
import { SAY, make, ours } from "./newsgloss-words.js";

const say = SAY.facets;

/** Each facet gives the ids of an item's choices with their labels. */
const LISTS = {
  "h2:is([id^='verdict-'], [id^='state-'])": {
    verdict: (_item, heading) => ofHeading(heading, "verdict-"),
    speaker: (item) => ofLinks(item, ".by a"),
    article: (item) => ofLinks(item, ".in a"),
    state: (_item, heading) => ofHeading(heading, "state-") ?? { published: say.published },
  },
  "h3[id^='in-']": { article: (_item, heading) => ofHeading(heading, "in-") },
};

function ofHeading({ id, textContent }, kind) {
  return id.startsWith(kind) ? { [id.slice(kind.length)]: textContent } : null;
}

function ofLinks(item, links) {
  return Object.fromEntries(
    [...item.querySelectorAll(links)].map((link) => [idOf(link.pathname), link.textContent]),
  );
}

/** The last folder of a path; a copy on a disk names the file in it, too. */
function idOf(path) {
  return path.replace(/\/(index\.html)?$/, "").split("/").at(-1);
}

/** Without case and accents. */
function plain(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A heading with what stands below it and its link in the table of contents. */
function sectionOf(heading) {
  const parts = [...document.querySelectorAll(`.md-nav li:has(> [href="#${heading.id}"])`), heading];
  while (parts.at(-1).nextElementSibling?.matches(":not(h1, h2, h3)")) parts.push(parts.at(-1).nextElementSibling);
  return { heading, parts, items: parts.flatMap((part) => [...part.querySelectorAll(":scope > li")]) };
}

/** A box for each verdict, since several can be chosen; a list of the others. */
function makeFacet(name, labels) {
  const isMany = name === "verdict";
  const on = isMany ? "checked" : "selected";
  const options = Object.entries(isMany ? labels : { "": say.all, ...labels }).map(([id, label]) => {
    const input = make(isMany ? "input" : "option", isMany ? { type: "checkbox" } : { value: id });
    return { id, label, input, told: isMany ? make("span") : input };
  });
  const element = isMany
    ? make("fieldset", {}, make("legend", {}, say[name]), ...options.map((one) => make("label", {}, one.input, one.told)))
    : make("label", {}, say[name], make("select", {}, ...options.map((one) => one.input)));
  const chosen = () => options.filter(({ id, input }) => id && input[on]).map(({ id }) => id);
  return {
    name,
    element,
    chosen,
    choose: (ids) => options.forEach(({ id, input }, at) => { input[on] = ids.includes(id) || (!isMany && !at); }),
    lets: (item) => !chosen().length || chosen().some((id) => id in item[name]),
    count: (items) => options.forEach(({ id, label, told }) => {
      told.textContent = `${label} (${items.filter((item) => !id || id in item[name]).length})`;
    }),
  };
}

/** What can be known of the items: their words, and by each reader's name their choices. */
function itemsOf(sections, readers) {
  return sections.flatMap(({ heading, items }) => items.map((element) => ({
    element,
    words: plain(heading.textContent + element.textContent),
    ...Object.fromEntries(Object.entries(readers).map(([name, read]) => [name, read(element, heading) ?? {}])),
  })));
}

function start(sections, readers) {
  const items = itemsOf(sections, readers);
  const facets = Object.keys(readers)
    .map((name) => [name, Object.assign({}, ...items.map((item) => item[name]))])
    .filter(([, labels]) => Object.keys(labels).length > 1)
    .map(([name, labels]) => makeFacet(name, labels));
  if (!facets.length) return;
  const words = make("input", { type: "search" });
  const status = make("p", { role: "status" });
  const clear = make("button", { type: "button" }, say.clear);
  const element = make("div", { class: "ng-facets", role: "group", "aria-label": say.filter, ...ours },
    make("label", {}, say.words, words), ...facets.map((facet) => facet.element), clear, status);
  const values = () => [["q", words.value.trim()], ...facets.map(({ name, chosen }) => [name, chosen().join()])];

  /** What all facets but `left` let through. */
  const found = (left) => items.filter((item) => plain(words.value).split(/\s+/).every((word) => item.words.includes(word))
    && facets.every((facet) => facet === left || facet.lets(item)));

  const show = () => {
    const left = found();
    for (const item of items) item.element.hidden = !left.includes(item);
    for (const section of sections) {
      for (const part of section.parts) part.hidden = section.items.every((item) => item.hidden);
    }
    for (const facet of facets) facet.count(found(facet));
    element.toggleAttribute("data-on", values().some(([, value]) => value));
    status.textContent = say.shown(left.length, items.length);
  };
  const read = () => {
    const asked = new URLSearchParams(location.search);
    words.value = asked.get("q") ?? "";
    for (const facet of facets) facet.choose(asked.get(facet.name)?.split(",") ?? []);
    show();
  };
  const change = () => {
    show();
    keepInAddress(Object.fromEntries(values()));
  };
  let waiting = 0;
  element.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, 200);
  });
  clear.addEventListener("click", () => {
    words.value = "";
    for (const facet of facets) facet.choose([]);
    change();
  });
  addEventListener("popstate", read);
  read();
  sections[0].heading.before(element);
}

for (const [headings, readers] of Object.entries(LISTS)) {
  start([...document.querySelectorAll(headings)].map(sectionOf), readers);
}
