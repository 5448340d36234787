// What an article does for its reader beyond its links: cards, layers, keys. The page is whole without it: whatever
// a card says is copied from the notes below the text.

import { keepInAddress } from "./newsgloss-address.js";
import { copyButton, permalink } from "./newsgloss-share.js";
import { canCondense, condense, expand, unfold, unveil, veil } from "./newsgloss-views.js";
import { LANGUAGE, SAY, make, ours } from "./newsgloss-words.js";

const KINDS = { person: "people", place: "places", organisation: "organisations" };
const LAYERS = Object.keys(SAY.layers);
const HOVER_OPENS = 350;
const HOVER_CLOSES = 250;
const MEMORY = "newsgloss-layers";
const MENTION = "a:has(> .mention)";
const CHECK = "sup.check > a";
const NOTE = 'li:has(> span[id^="check-"], > p > span[id^="check-"])';

const text = document.querySelector(".article-text");

// --- Layers: which annotations are shown -----------------------------------------------------------------------------

/** The layers that are on, and "every" if repeated mentions are marked too. The address wins over memory. */
function layersAtFirst() {
  const asked = new URLSearchParams(location.search).get("layers") ?? remembered();
  if (asked === null) return new Set(LAYERS);
  return new Set(asked.split(",").filter((name) => name === "every" || LAYERS.includes(name)));
}

/** Browsers that keep nothing for a site throw here. */
function remembered() {
  try {
    return localStorage.getItem(MEMORY);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(MEMORY, value);
  } catch {
    // The address still says it.
  }
}

const isWhole = (layers) => LAYERS.every((name) => layers.has(name)) && !layers.has("every");
const isPlain = (layers) => !LAYERS.some((name) => layers.has(name));

function layerOf(mark) {
  if (mark.matches(".quote")) return "quotes";
  if (mark.matches(".claim")) return "checks";
  const kind = [...mark.classList].find((name) => name.startsWith("mention-"));
  return KINDS[kind?.slice("mention-".length)] ?? "other";
}

/** Tells the style sheet what not to mark. Plain text has no mention to mark. */
function showLayers(layers) {
  if (isPlain(layers)) layers.delete("every");
  text.dataset.off = LAYERS.filter((name) => !layers.has(name)).join(" ");
  text.toggleAttribute("data-every", layers.has("every"));
}

function keepLayers(layers) {
  const value = isPlain(layers) ? "plain" : [...LAYERS, "every"].filter((name) => layers.has(name)).join(",");
  keepInAddress({ layers: isWhole(layers) ? "" : value });
  remember(value);
}

// --- Views: how the text and its notes are shown ---------------------------------------------------------------------

/** The views that are on. Only the address tells: who follows a link to some words shall find them. */
function viewsAtFirst() {
  const asked = new URLSearchParams(location.search);
  return new Set([
    ...(canCondense && asked.get("view") === "condensed" ? ["condensed"] : []),
    ...(asked.get("guess") === "1" ? ["guess"] : []),
  ]);
}

function keepViews(views) {
  keepInAddress({ view: views.has("condensed") ? "condensed" : "", guess: views.has("guess") ? "1" : "" });
}

/** Without any mark there is nothing to condense to. */
function showCondensed(layers, views) {
  if (isPlain(layers)) views.delete("condensed");
  if (!views.has("condensed")) return expand(text);
  condense(text, (node) => {
    for (let at = node.parentElement; at !== text; at = at.parentElement) {
      if (at.dataset.a && layers.has(layerOf(at)) && (layers.has("every") || !at.matches(".again"))) return true;
    }
    return false;
  });
}

function showGuess(views) {
  unveil();
  if (views.has("guess")) for (const note of document.querySelectorAll(NOTE)) veil(note, nameOf(note));
}

const nameOf = (note) => note.querySelector('[id^="check-"]').id;

/** The words of the text that the address leads to. */
function target() {
  const named = document.getElementById(location.hash.slice(1));
  return text.contains(named) ? named : null;
}

/** What a link leads to is no longer folded. */
function unfoldTarget() {
  const words = target();
  if (words && unfold(words)) words.scrollIntoView({ block: "center" });
}

/** The toolbar above the text; `layers` and `views` change with its buttons. */
function makeBar(layers, views, openHelp) {
  const buttons = new Map();
  const refresh = () => {
    showLayers(layers);
    for (const [name, button] of buttons) {
      const pressed = name === "plain" ? isPlain(layers) : layers.has(name) || views.has(name);
      button.setAttribute("aria-pressed", String(pressed));
    }
  };
  const press = (name) => {
    const among = name in SAY.views ? views : layers;
    const wasOn = among.has(name);
    // What shows more or less of the marks needs some.
    if (name === "plain" || (["every", "condensed"].includes(name) && isPlain(layers))) swapPlain(layers);
    if (wasOn) among.delete(name);
    else if (name !== "plain") among.add(name);
    if (name === "guess") showGuess(views);
    else showCondensed(layers, views);
    refresh();
    keepLayers(layers);
    keepViews(views);
  };
  const labels = { ...SAY.layers, every: SAY.every, plain: SAY.plain, ...SAY.views };
  if (!canCondense) delete labels.condensed;
  for (const [name, label] of Object.entries(labels)) {
    const button = make("button", { type: "button", class: `ng-${name}` }, make("span", {}, label));
    button.addEventListener("click", () => press(name));
    buttons.set(name, button);
  }
  const help = make("button", { type: "button", "aria-haspopup": "dialog" }, SAY.keys);
  help.addEventListener("click", openHelp);
  const group = make("div", { role: "group", "aria-label": SAY.bar, hidden: "" }, ...buttons.values(), help);
  refresh();
  return make("div", { class: "ng-bar", ...ours }, makeDisclosure(SAY.bar, group), group);
}

function makeDisclosure(label, disclosed) {
  const button = make("button", { type: "button", "aria-expanded": "false" }, label);
  button.addEventListener("click", () => {
    disclosed.hidden = !disclosed.hidden;
    button.setAttribute("aria-expanded", String(!disclosed.hidden));
  });
  return button;
}

let beforePlain = LAYERS;

/** Everything off; or, where it is, what was on before. */
function swapPlain(layers) {
  const next = isPlain(layers) ? beforePlain : [];
  if (!isPlain(layers)) beforePlain = [...layers];
  layers.clear();
  for (const name of next) layers.add(name);
}

// --- What stands behind a word ---------------------------------------------------------------------------------------

/** The link or the innermost marked words that an event came from. */
function triggerOf(target) {
  const link = target.closest("a");
  if (link) return text.contains(link) && link.matches(`${MENTION}, ${CHECK}`) ? link : null;
  const mark = target.closest("[data-a]");
  return mark && text.contains(mark) ? mark : null;
}

/** All annotations at a trigger whose layers are on: around it, in it, itself; each once. */
function marksAt(trigger, layers) {
  if (trigger.matches(CHECK)) return layers.has("checks") ? [trigger] : [];
  const found = new Map();
  for (let at = trigger; at !== text; at = at.parentElement) {
    if (at.dataset.a) found.set(at.dataset.a, at);
  }
  for (const mark of trigger.querySelectorAll("[data-a]")) found.set(mark.dataset.a, mark);
  const order = { mention: 0, quote: 1, claim: 2 };
  return [...found.values()]
    .filter((mark) => layers.has(layerOf(mark)))
    .sort((one, other) => order[one.classList[0]] - order[other.classList[0]]);
}

/** A part of a note, without the ids that only the note itself may have. */
function copyOf(element) {
  const copy = element.cloneNode(true);
  copy.hidden = false;
  for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
  return copy;
}

function paragraph(...parts) {
  return make("p", {}, ...parts.filter(Boolean).flatMap((part) => [part, " "]));
}

function section(...parts) {
  return make("section", {}, ...parts.filter(Boolean));
}

/** What a card tells of a mark, and a way to share its place; null where the page has no note of it. */
function sectionFor(mark, views) {
  const shown = mark.matches(CHECK) ? checkSection(mark.hash.slice(1), views)
    : mark.matches(".mention") ? mentionSection(mark.closest("a"))
    : mark.matches(".quote") ? quoteSection(mark.dataset.a)
    : checkSection(checkOf(mark.dataset.a), views);
  shown?.append(make("p", {}, copyButton(() => permalink(mark.matches(CHECK) ? wordsOf(mark) : mark))));
  return shown;
}

/** The words that a check's number stands behind: the last before it of those that lead to the same note. */
function wordsOf(number) {
  const before = [...text.querySelectorAll(".claim")].filter((words) => follows(number, words));
  return before.findLast((words) => checkOf(words.dataset.a) === number.hash.slice(1));
}

const follows = (node, other) => other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;

function mentionSection(link) {
  const note = [...document.querySelectorAll('[id^="named-"] > a')].find((other) => other.href === link.href);
  if (!note) return null;
  const description = note.closest("li").querySelector(".description");
  return section(paragraph(make("strong", {}, copyOf(note))), description && paragraph(copyOf(description)));
}

function quoteSection(id) {
  const note = document.getElementById(`note-${id}`)?.closest("li");
  if (!note) return null;
  const speaker = note.querySelector(".speaker");
  const unnamed = note.querySelector(".unnamed");
  const all = document.querySelectorAll(".speaker[data-n]").length;
  return section(
    paragraph(make("strong", {}, SAY.quote(speaker.dataset.n.slice(1), all)), copyOf(note.querySelector(".said"))),
    paragraph(copyOf(speaker)),
    unnamed && paragraph(copyOf(unnamed)),
  );
}

function checkSection(name, views) {
  const note = document.getElementById(name)?.closest("li");
  if (!note) return null;
  const parts = [".proposal", ".rating, .state", ".finding"].map((part) => note.querySelector(part));
  const evidence = note.querySelector(".evidence");
  const full = make("a", { href: note.querySelector("a").href }, SAY.full);
  const down = make("a", { href: `#${name}` }, SAY.note);
  const shown = section(
    paragraph(make("strong", {}, checkLabel(name))),
    paragraph(...parts.map((part) => part && copyOf(part))),
    evidence && paragraph(copyOf(evidence)),
    paragraph(full, "·", down),
  );
  if (views.has("guess")) veil(shown, name);
  return shown;
}

const checkLabel = (name) => SAY.check(name.slice("check-".length), document.querySelectorAll(NOTE).length);

/** The id of the check of a claim's words: its note leads back to them. */
function checkOf(id) {
  const note = [...document.querySelectorAll(NOTE)].find((one) => [...one.querySelectorAll("a")].some((link) => link.hash === `#${id}`));
  return note && nameOf(note);
}

// --- The card --------------------------------------------------------------------------------------------------------

/** One card for the whole page. It shows what stands behind a trigger, beside it. */
class Card {
  constructor(layers, views) {
    this.layers = layers;
    this.views = views;
    this.trigger = null;
    this.pinned = false;
    this.body = make("div");
    const close = make("button", { type: "button", "aria-label": SAY.close }, "×");
    close.addEventListener("click", () => this.close());
    const facts = { class: "ng-card md-typeset", popover: "auto", role: "dialog", "aria-label": SAY.card, tabindex: "-1" };
    this.element = make("div", { ...facts, ...ours }, close, this.body);
    this.element.addEventListener("beforetoggle", (event) => {
      if (event.newState === "closed") this.#leave();
    });
  }

  get isOpen() {
    return this.element.matches(":popover-open");
  }

  /** Whether there was anything to show. `pinned`: it stays when the pointer leaves. */
  open(trigger, { pinned = true, focus = pinned } = {}) {
    const sections = marksAt(trigger, this.layers).map((mark) => sectionFor(mark, this.views)).filter(Boolean);
    if (!sections.length) return false;
    if (this.trigger !== trigger || !this.isOpen) this.#show(trigger, sections);
    this.pinned = pinned;
    if (focus) this.element.focus({ preventScroll: true });
    return true;
  }

  close() {
    if (this.isOpen) this.element.hidePopover();
  }

  #show(trigger, sections) {
    this.close();
    this.body.replaceChildren(...sections);
    this.trigger = trigger;
    trigger.style.setProperty("anchor-name", "--ng-trigger");
    // With its source known, the tab order goes from the trigger into the card and on.
    this.element.showPopover({ source: trigger });
    this.element.scrollTop = 0;
    if (!CSS.supports("position-area", "bottom")) place(this.element, trigger);
  }

  /** Focus returns only if the card has it: a press elsewhere has moved it on purpose. */
  #leave() {
    const trigger = this.trigger;
    trigger?.style.removeProperty("anchor-name");
    if (this.element.contains(document.activeElement)) focusOn(trigger);
  }
}

/** Below the trigger if there is room, else above; never out of the window. For browsers without anchors. */
function place(card, trigger) {
  const at = trigger.getBoundingClientRect();
  const box = card.getBoundingClientRect();
  const gap = 6;
  const below = at.bottom + gap + box.height <= innerHeight;
  const top = below ? at.bottom + gap : at.top - gap - box.height;
  const middle = (at.left + at.right - box.width) / 2;
  card.style.top = `${Math.max(gap, Math.min(top, innerHeight - box.height - gap))}px`;
  card.style.left = `${Math.max(gap, Math.min(middle, innerWidth - box.width - gap))}px`;
  card.style.margin = "0";
  card.style.setProperty("position-area", "none");
}

/** Words that are no link take focus only when they are led to: the tab order stays short. */
function focusOn(element) {
  if (!element) return;
  if (!element.matches("a, [tabindex]")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

/** Clicks and taps. A click that asks for a new tab, or ends a selection, is left alone. */
function openOnClick(card) {
  text.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!getSelection().isCollapsed) return;
    const trigger = triggerOf(event.target);
    if (trigger && card.open(trigger)) event.preventDefault();
  });
}

/** Only a mouse hovers. The way from the words to their card may take a moment. */
function openOnHover(card) {
  let waiting = 0;
  const later = (what, delay) => {
    clearTimeout(waiting);
    waiting = setTimeout(what, delay);
  };
  const leave = () => later(() => card.pinned || card.close(), HOVER_CLOSES);
  text.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const trigger = triggerOf(event.target);
    if (!trigger) return leave();
    if (card.isOpen && card.trigger === trigger) return clearTimeout(waiting);
    later(() => (card.isOpen && card.pinned) || card.open(trigger, { pinned: false }), HOVER_OPENS);
  });
  text.addEventListener("pointerleave", leave);
  text.addEventListener("pointerdown", () => clearTimeout(waiting));
  card.element.addEventListener("pointerenter", () => clearTimeout(waiting));
  card.element.addEventListener("pointerleave", leave);
}

// --- Keys ------------------------------------------------------------------------------------------------------------

/** The annotations that are shown, in text order, each by the element that takes focus for it. */
function stops(layers) {
  const names = layers.has("every") ? MENTION : "a:has(> .mention:not(.again))";
  return [...text.querySelectorAll(`${names}, .quote[id], ${CHECK}`)].filter((stop) => {
    if (stop.matches(CHECK)) return layers.has("checks");
    return layers.has(layerOf(stop.querySelector(":scope > .mention") ?? stop));
  });
}

/** The stop behind or before the place where the reader is; from nowhere, the first that is in view. */
function neighbour(layers, from, forward) {
  const all = stops(layers);
  if (!from) return all.find((stop) => stop.getBoundingClientRect().top > 0) ?? all[0];
  const wanted = forward ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const there = all.filter((stop) => stop !== from && from.compareDocumentPosition(stop) & wanted);
  return forward ? there[0] : there.at(-1);
}

function moveByKeys(card, help) {
  let at = target();
  for (const kind of ["focusin", "click"]) text.addEventListener(kind, (event) => { at = event.target; });
  addEventListener("hashchange", () => { at = target() ?? at; });
  const move = (forward) => {
    const next = neighbour(card.layers, at, forward);
    if (!next) return;
    card.close();
    focusOn(next);
    next.scrollIntoView({ block: "center" });
    card.open(next, { focus: false });
  };
  const ask = () => {
    // Its words take focus back first, so that they have it again after the help.
    card.close();
    help.showModal();
  };
  const actions = { n: () => move(true), p: () => move(false), "?": ask };
  // In the capturing phase, since the theme has uses of its own for these keys.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const words = event.key === "Enter" && event.target.matches(".article-text [data-a]");
    const action = words ? () => card.open(event.target) : actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }, { capture: true });
}

function makeHelp() {
  const rows = SAY.help.flatMap(([key, does]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, does)]);
  const close = make("button", { type: "button" }, SAY.close);
  const title = make("h2", { id: "ng-help" }, SAY.keys);
  const facts = { class: "ng-help md-typeset", "aria-labelledby": "ng-help", ...ours };
  const help = make("dialog", facts, title, make("dl", {}, ...rows), close);
  close.addEventListener("click", () => help.close());
  return help;
}

/** A number alone says little where links are listed or read out. */
function nameNumbers() {
  for (const link of text.querySelectorAll(CHECK)) {
    link.setAttribute("aria-label", checkLabel(link.hash.slice(1)));
    link.setAttribute("lang", LANGUAGE);
  }
}

function start() {
  const layers = layersAtFirst();
  const views = viewsAtFirst();
  beforePlain = isPlain(layers) ? LAYERS : [...layers];
  nameNumbers();
  showCondensed(layers, views);
  showGuess(views);
  unfoldTarget();
  addEventListener("hashchange", unfoldTarget);
  const help = makeHelp();
  const bar = makeBar(layers, views, () => help.showModal());
  // The style sheet keeps this place free, so that nothing moves when the bar comes.
  (document.querySelector("p:has(> .skip)") ?? text).before(bar);
  const card = new Card(layers, views);
  document.body.append(card.element, help);
  bar.addEventListener("click", () => card.close());
  openOnClick(card);
  openOnHover(card);
  moveByKeys(card, help);
}

// Without popovers the links and notes do it all.
if (text?.querySelector("[data-a]") && "showPopover" in HTMLElement.prototype) start();
