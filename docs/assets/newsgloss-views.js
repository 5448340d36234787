// Two views of an article: condensed to its sentences with marks, and with verdicts behind a question.

import { SAY, make, ours } from "./newsgloss-words.js";

// --- Condensed: no element is moved; text is split where sentences end, and hidden where it stands -------------------

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, blockquote, .article-text";
const WORD = /[\p{L}\p{N}]/u;

export const canCondense = "Segmenter" in Intl;

/** The buttons, each with what it hides: { elements, wrappers }, the latter made for text alone. */
const folds = new Map();

/** Folds all sentences of `text` but those of which some text node `isMarked`. Headings stay. */
export function condense(text, isMarked) {
  expand(text);
  let run = [];
  const end = () => {
    if (run.length) fold(text, run);
    run = [];
  };
  for (const [block, nodes] of blocksOf(text)) {
    for (const sentence of sentencesOf(nodes, text.lang)) {
      if (block.matches("h1, h2, h3, h4, h5, h6") || sentence.some(isMarked)) end();
      else if (sentence.some((node) => WORD.test(node.data))) run.push(sentence);
    }
  }
  end();
}

/** Shows everything again, and leaves nothing behind. */
export function expand(text) {
  for (const [button, { elements, wrappers }] of folds) {
    button.remove();
    for (const element of elements) element.hidden = false;
    for (const wrapper of wrappers) wrapper.replaceWith(...wrapper.childNodes);
  }
  folds.clear();
  text.normalize();
}

/** Whether `element` was folded; it no longer is. */
export function unfold(element) {
  const found = [...folds].find(([, { elements }]) => elements.some((hidden) => hidden.hidden && hidden.contains(element)));
  found?.[0].click();
  return Boolean(found);
}

/** All text in `root` but white space between blocks, which has a line end. */
function textsIn(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (/[^\n ]|^ +$/.test(walker.currentNode.data)) found.push(walker.currentNode);
  return found;
}

/** The text nodes of each block, in text order. */
function blocksOf(text) {
  const blocks = [];
  for (const node of textsIn(text)) {
    const block = node.parentElement.closest(BLOCKS);
    if (blocks.at(-1)?.[0] !== block) blocks.push([block, []]);
    blocks.at(-1)[1].push(node);
  }
  return blocks;
}

/** Text nodes, split where sentences end, by sentence. A check's number belongs to what stands before it. */
function sentencesOf(nodes, language) {
  const words = nodes.filter((node) => !isNumber(node)).map((node) => node.data).join("");
  const segments = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(words)];
  const ends = segments.map(({ index, segment }) => index + segment.length);
  const sentences = [[]];
  let at = 0;
  for (let node of nodes) {
    if (isNumber(node)) sentences.at(-1).push(node);
    else while (node) {
      if (at === ends[0]) {
        ends.shift();
        sentences.push([]);
      }
      const room = ends[0] - at;
      const rest = node.length > room ? node.splitText(room) : null;
      sentences.at(-1).push(node);
      at += node.length;
      node = rest;
    }
  }
  return sentences;
}

const isNumber = (node) => node.parentElement.closest("sup.check") !== null;

/** Hides the sentences of `run`, and puts the button that shows them where the first of them stood. */
function fold(text, run) {
  const hidden = { elements: [], wrappers: [] };
  hide(text, new Set(run.flat()), run[0][0].parentElement.closest(BLOCKS), hidden);
  const facts = { type: "button", class: "ng-fold", "aria-expanded": "false", ...ours };
  const button = make("button", facts, SAY.folded(run.length));
  button.addEventListener("click", () => {
    const show = hidden.elements[0].hidden;
    for (const element of hidden.elements) element.hidden = !show;
    button.setAttribute("aria-expanded", String(show));
  });
  folds.set(button, hidden);
  put(button, hidden.elements[0]);
}

/** Hides `nodes` within `parent`: elements that hold nothing else as a whole, but for the block where the button goes. */
function hide(parent, nodes, first, hidden) {
  for (const child of [...parent.childNodes]) {
    if (nodes.has(child)) {
      const wrapper = make("span", { hidden: "" });
      child.replaceWith(wrapper);
      wrapper.append(child);
      hidden.elements.push(wrapper);
      hidden.wrappers.push(wrapper);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const texts = textsIn(child);
      if (!texts.some((node) => nodes.has(node))) continue;
      if (child.contains(first) || !texts.every((node) => nodes.has(node))) hide(child, nodes, first, hidden);
      else {
        child.hidden = true;
        hidden.elements.push(child);
      }
    }
  }
}

/** Before `element`; behind the link or the marks that it shares with words that stay. */
function put(button, element) {
  let outer = element;
  while (!outer.parentElement.matches(BLOCKS)) outer = outer.parentElement;
  if (outer === element) outer.before(button);
  else outer.after(button);
}

// --- What do you think first? ----------------------------------------------------------------------------------------

const veils = [];
const lifted = new Set();

/** Hides what `note`, the note of the check `name` or a copy of it, tells of a verdict. */
export function veil(note, name) {
  const verdict = note.querySelector(".rating");
  if (!verdict || lifted.has(name)) return;
  const secrets = [...note.querySelectorAll(".rating, .finding, .evidence")];
  const button = make("button", { type: "button", class: "ng-veil" }, SAY.think);
  button.addEventListener("click", () => {
    lifted.add(name);
    lift((one) => one.name === name);
    // What has focus is read out.
    verdict.setAttribute("tabindex", "-1");
    verdict.focus();
  });
  for (const secret of secrets) secret.hidden = true;
  verdict.before(button);
  veils.push({ name, button, secrets });
}

/** Shows all verdicts. Those that were asked for one by one are hidden again next time. */
export function unveil() {
  lifted.clear();
  lift(() => true);
}

function lift(isMeant) {
  for (const { button, secrets } of veils.filter(isMeant)) {
    button.remove();
    for (const secret of secrets) secret.hidden = false;
  }
  veils.splice(0, veils.length, ...veils.filter((one) => !isMeant(one)));
}
