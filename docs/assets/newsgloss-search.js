// The search. Its own page alone loads the index, which build_scripts/export makes; words are split here as they are there.

import { keepInAddress } from "./newsgloss-address.js";
import { makeGroup } from "./newsgloss-groups.js";
import { pageOf } from "./newsgloss-index.js";
import { loadParts, merged } from "./newsgloss-shards.js";
import { SAY, make } from "./newsgloss-words.js";

const say = SAY.search;
const HOME = new URL("../", import.meta.url);
const INDEX = new URL("pagefind/", HOME);
const PAGE = 20;
/** Results that are shown before the others of a page are even loaded. */
const FIRST = 5;
/** Parts of a large index that are asked at once, after the first. */
const STEP = 4;
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

async function start(place) {
  const asked = new URLSearchParams(location.search);
  const words = make("input", { type: "search", autocomplete: "off", placeholder: say.example });
  const filters = make("details", {}, make("summary", {}, say.filters));
  const form = make("div", { class: "ng-facets", role: "search" }, make("label", {}, say.words, words), filters);
  const status = make("p", { role: "status" });
  const list = make("ol", { class: "ng-found" });
  const more = make("button", { type: "button", class: "md-button", hidden: "" }, say.more);
  const older = make("button", { type: "button", class: "md-button", hidden: "" }, say.older);
  let index, groups = [], turn = 0, waiting;
  /** What was asked last: the words, the parts that may have something, their answers, what those found, what is shown of it. */
  let query, parts = [], answers = [], found = [], items = new Map(), shown = 0;

  const fail = () => {
    status.textContent = say.failed;
    older.setAttribute("aria-disabled", false);
  };
  const values = () => [["q", words.value.trim()], ...groups.map(({ name, ids }) => [name, ids()])];
  const isDone = () => answers.length >= parts.length;

  /** Shows the first `number` results. */
  const showFirst = async (number) => {
    const now = turn;
    if (!shown && number > FIRST) await showFirst(FIRST);
    if (now !== turn) return;
    const first = found.slice(0, number).map(({ result }) => result);
    const made = await Promise.all(first.map(async (result) => items.get(result) ?? makeResult(result, query)));
    if (now !== turn) return;
    first.forEach((result, at) => items.set(result, made[at]));
    const focused = document.activeElement;
    list.replaceChildren(...made);
    if (list.contains(focused)) focused.focus();
    shown = made.length;
    more.hidden = shown >= found.length;
  };

  /** Whoever asked for more goes on at the first that was not there. */
  const goOn = async (work) => {
    const before = new Set(list.children);
    const [now, button] = [turn, document.activeElement];
    await work();
    if (now === turn && (button === more || button.hidden)) [...list.children].find((item) => !before.has(item))?.querySelector("a").focus();
  };

  const tell = (isIdle, isSearching) => {
    const since = parts.slice(0, answers.length).findLast((part) => part.since)?.since;
    const telling = isDone() || !since ? say.found : isSearching ? say.searching : say.since;
    status.textContent = isIdle ? say.start : telling(found.length, since);
    // Whoever pressed it keeps it meanwhile.
    older.hidden = isIdle || isDone() || isSearching && older !== document.activeElement;
    older.setAttribute("aria-disabled", isSearching);
  };

  /** Asks further parts until there are `enough` results, and shows the first `number` of them. */
  const searchOn = async (isIdle, enough = PAGE, number = PAGE) => {
    const now = turn;
    const next = parts.slice(answers.length, answers.length + (answers.length ? STEP : 1));
    const answered = await Promise.all(next.map((part) => part.ask(query)));
    if (now !== turn) return;
    answers.push(...answered);
    const every = merged(answers, isDone());
    const lets = groups.map((group) => group.lets());
    const left = (but) => every.filter((one) => lets.every((let_, at) => at === but || let_(one)));
    const isLarge = index.parts.length > 1;
    groups.forEach((group, at) => {
      // Speakers are too many to be offered before something was asked.
      const isHeld = isLarge && isIdle && group.name === "speaker";
      group.count(isHeld ? [] : left(at), isLarge && !isHeld && (isIdle || group.name === "language"));
    });
    // Not before: now their labels say a number.
    if (!groups[0]?.element.isConnected) filters.append(...groups.map(({ element }) => element));
    found = isIdle ? [] : left();
    const isSearching = !isIdle && !isDone() && found.length < enough;
    await showFirst(number);
    if (now !== turn) return;
    tell(isIdle, isSearching);
    if (isSearching) await searchOn(isIdle, enough, number);
  };

  const show = async () => {
    turn += 1;
    query = queryOf(words.value.trim());
    const spoken = groups.find(({ name }) => name === "language")?.ids().split(",").filter(Boolean) ?? [];
    parts = index.parts.filter(({ languages }) => !spoken.length || spoken.some((one) => languages.includes(one)));
    [answers, found, items, shown] = [[], [], new Map(), 0];
    const isIdle = values().every(([, value]) => !value);
    form.toggleAttribute("data-on", !isIdle);
    await searchOn(isIdle);
  };

  const change = () => {
    keepInAddress(Object.fromEntries(values()));
    // Until the index is there the address keeps what was typed.
    if (index) show().catch(fail);
  };

  words.value = asked.get("q") ?? "";
  place.replaceWith(form, status, list, more, older);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, WAIT);
  });
  try {
    index = await loadParts(INDEX);
    groups = Object.entries(index.choices).map(([name, choices], at) =>
      makeGroup(name, at, choices, asked.get(name)?.split(",") ?? [], index.parts.length > 1));
    filters.open = innerWidth >= 960 || groups.some(({ ids }) => ids());
    more.addEventListener("click", () => goOn(() => showFirst(shown + PAGE)).catch(fail));
    older.addEventListener("click", () => {
      if (older.ariaDisabled === "true") return;
      older.setAttribute("aria-disabled", true);
      goOn(() => searchOn(false, found.length + PAGE, shown + (shown < found.length ? 0 : PAGE))).catch(fail);
    });
    await show();
  } catch {
    fail();
  }
}

const place = document.querySelector(".ng-search");
if (place) start(place);
