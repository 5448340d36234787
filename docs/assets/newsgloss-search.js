// The search. Its own page alone loads the index, which build_scripts/export makes; words are split here as they are there.

import { keepInAddress } from "./newsgloss-address.js";
import { load, pageOf } from "./newsgloss-index.js";
import { SAY, LANGUAGE, make } from "./newsgloss-words.js";

const say = SAY.search;
const HOME = new URL("../", import.meta.url);
const INDEX = new URL("pagefind/", HOME);
const PAGE = 20;
const WAIT = 150;
const EXCERPT = 40;
const BEFORE = 5;
/** Signs of scripts that put no space between words. */
const SIGN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/gu;

/** What the index is asked; null for everything. A phrase stands in quotation marks of any kind, or is one run of signs. */
function queryOf(words) {
  const plain = words
    .replace(/[\p{Pd}/\u200b]+/gu, " ")
    .replace(/[^\p{L}\p{M}\p{N}\s]+/gu, "")
    .replace(SIGN, " $& ")
    .replace(/\s+/g, " ")
    .trim();
  return /^["“”„‟«»].*["“”„‟«»]$/.test(words) || !/\s/.test(words) && plain.includes(" ") ? `"${plain}"` : plain || null;
}

const asWritten = (words) => words.replace(/\u2060 ?/g, "").replaceAll("\u2063", " ");

/** Where most of the found words stand. */
function excerpt({ content, locations }, query) {
  const words = content.split(/\s+/);
  const hits = query ? locations : [];
  const inside = (start) => hits.filter((hit) => hit >= start && hit < start + EXCERPT - BEFORE).length;
  const first = hits.reduce((best, hit) => (inside(hit) - inside(best) || best - hit) > 0 ? hit : best, hits[0] ?? 0);
  const start = Math.max(0, first - BEFORE);
  return [
    start ? "… " : "",
    ...words.slice(start, start + EXCERPT).flatMap((word, at) => [
      hits.includes(start + at) ? make("mark", {}, asWritten(word)) : asWritten(word),
      word.endsWith("\u2060") ? "" : " ",
    ]),
    start + EXCERPT < words.length ? "…" : "",
  ];
}

async function makeResult(result, query) {
  const found = await result.data();
  const { title, kind, lang, note } = found.meta;
  const text = { lang, dir: "auto" };
  return make("li", {},
    make("p", {}, make("span", { class: "ng-kind" }, kind), " ",
      make("a", { href: new URL(pageOf(found.raw_url), HOME), ...text }, asWritten(title))),
    make("p", text, ...excerpt(found, query)),
    make("p", { class: "ng-note", dir: "auto" }, note));
}

/** A filter: a box for each choice that would let something through. */
function makeGroup(name, at, choices) {
  const languages = new Intl.DisplayNames([LANGUAGE], { type: "language" });
  const options = choices.map(([id, label], number) => {
    const [box, told] = [make("input", { type: "checkbox" }), make("span", {}, label)];
    return { id, number, label: name === "language" ? languages.of(id) : label, box, told, element: make("label", {}, box, told) };
  });
  const chosen = () => options.filter(({ box }) => box.checked);
  const element = make("fieldset", {}, make("legend", {}, say.groups[name]), ...options.map((option) => option.element));
  element.hidden = options.length < 2;
  return {
    name,
    element,
    ids: () => chosen().map(({ id }) => id).join(),
    choose: (ids) => options.forEach(({ id, box }) => { box.checked = ids.includes(id); }),
    lets: (row) => !chosen().length || chosen().some(({ number }) => row[at].includes(number)),
    count: (rows) => options.forEach(({ number, label, box, told, element: option }) => {
      const count = rows.filter((row) => row[at].includes(number)).length;
      told.textContent = `${label} (${count})`;
      option.hidden = !count && !box.checked && box !== document.activeElement;
    }),
  };
}

async function start(place) {
  const asked = new URLSearchParams(location.search);
  const words = make("input", { type: "search", autocomplete: "off", placeholder: say.example });
  const filters = make("details", {}, make("summary", {}, say.filters));
  const form = make("div", { class: "ng-facets", role: "search" }, make("label", {}, say.words, words), filters);
  const status = make("p", { role: "status" });
  const list = make("ol", { class: "ng-found" });
  const more = make("button", { type: "button", class: "md-button", hidden: "" }, say.more);
  let index, groups = [], query, rest = [], turn = 0, waiting;

  const fail = () => { status.textContent = say.failed; };
  const values = () => [["q", words.value.trim()], ...groups.map(({ name, ids }) => [name, ids()])];

  /** The next results. Whoever asked for them goes on at the first. */
  const showMore = async (wanted) => {
    const now = turn;
    const items = await Promise.all(rest.slice(0, PAGE).map((result) => makeResult(result, query)));
    if (now !== turn) return;
    rest = rest.slice(PAGE);
    if (!wanted) list.replaceChildren();
    list.append(...items);
    more.hidden = !rest.length;
    if (wanted) items[0].querySelector("a").focus();
  };

  const show = async () => {
    const now = ++turn;
    query = queryOf(words.value.trim());
    const { results } = await index.pagefind.search(query);
    if (now !== turn) return;
    const ids = Object.keys(index.records);
    if (!query) results.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
    const row = ({ id }) => index.records[id] ?? groups.map(() => []);
    const left = (but) => results.filter((result) => groups.every((group) => group === but || group.lets(row(result))));
    for (const group of groups) group.count(left(group).map(row));
    const isIdle = values().every(([, value]) => !value);
    rest = isIdle ? [] : left();
    form.toggleAttribute("data-on", !isIdle);
    const told = isIdle ? say.start : say.found(rest.length);
    await showMore();
    if (now === turn) status.textContent = told;
  };

  const change = () => {
    keepInAddress(Object.fromEntries(values()));
    // Until the index is there the address keeps what was typed.
    if (index) show().catch(fail);
  };

  words.value = asked.get("q") ?? "";
  place.replaceWith(form, status, list, more);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, WAIT);
  });
  try {
    index = await load(INDEX);
    groups = Object.entries(index.choices).map(([name, choices], at) => makeGroup(name, at, choices));
    for (const group of groups) group.choose(asked.get(group.name)?.split(",") ?? []);
    filters.open = innerWidth >= 960 || groups.some(({ ids }) => ids());
    more.addEventListener("click", () => showMore(true).catch(fail));
    await show();
    // Only now do their labels say a number.
    filters.append(...groups.map(({ element }) => element));
  } catch {
    fail();
  }
}

// In a narrow window there is no field, but a button that leads to one.
document.addEventListener("keydown", (event) => {
  if (!["/", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  event.preventDefault();
  [...document.querySelectorAll("[role=search] :is(input, button)")].find((field) => field.offsetParent)?.focus();
});

const place = document.querySelector(".ng-search");
if (place) start(place);
