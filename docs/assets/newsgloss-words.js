// What the scripts say, and elements that carry it. The build writes the words of the site's language beside this file, from
// the same catalogue as those of the pages.

import catalogue from "./newsgloss-catalogue.js";

const fill = (message, parts) => message.replace(/\{(\w+)\}/g, (_place, name) => parts[name]);

/** A message in the site's language, `parts` in their places. */
function say(message, parts = {}) {
  return fill(catalogue.words[message] ?? message, parts);
}

/** The same for one or many of something: `{n}` is the number. */
function say_count(n, one, many, parts = {}) {
  return fill((catalogue.words[one] ?? [one, many])[catalogue.plural(n)], { n, ...parts });
}

/** A day, given as ISO 8601. */
const dayOf = (date) => new Intl.DateTimeFormat(catalogue.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));

export const LANGUAGE = catalogue.language;

/** Marks an element as ours, wherever it is put: in an article of another language, too. */
export const ours = { lang: LANGUAGE, dir: catalogue.dir };

export const SAY = {
  bar: say("Marks in the text"),
  layers: {
    people: say("People"), places: say("Places"), organisations: say("Organisations"), other: say("Other"),
    quotes: say("Quotes"), checks: say("Checks"),
  },
  every: say("Every mention"),
  plain: say("Plain text"),
  views: { condensed: say("Condensed"), guess: say("Guess first") },
  folded: (number) => say_count(number, "… {n} sentence", "… {n} sentences"),
  think: say("What do you think first? Show the verdict"),
  keys: say("Keys"),
  card: say("About these words"),
  close: say("Close"),
  mention: say("Named here"),
  quote: (number, all) => say("Quotation {number} of {all}", { number, all }),
  check: (number, all) => say("Check {number} of {all}", { number, all }),
  full: say("Full check"),
  note: say("Note"),
  help: [
    ["n", say("the next mark in the text, with its card")],
    ["p", say("the previous one")],
    ["Tab", say("from a mark into its card")],
    ["Enter", say("opens the card of a name or a check")],
    ["Esc", say("closes the card")],
    ["?", say("shows these keys")],
  ],
  share: {
    link: say("Copy link"),
    copied: say("Copied"),
    hand: say("To be copied by hand"),
  },
  facets: {
    filter: say("Filter"),
    words: say("Words"),
    clear: say("Clear filters"),
    verdict: say("Verdict"),
    speaker: say("Claimed by"),
    article: say("Article"),
    state: say("State"),
    all: say("All"),
    published: say("Published"),
    shown: (number, all) => (number ? say("{number} of {all} shown", { number, all }) : say("Nothing matches all of these filters.")),
  },
  search: {
    words: say("Search for"),
    example: say("words, or “a phrase”"),
    filters: say("Filters"),
    groups: { kind: say("Kind"), verdict: say("Verdict"), speaker: say("Speaker"), language: say("Language") },
    start: say("Type words, or choose a filter."),
    found: (number) => (number
      ? say_count(number, "{n} result", "{n} results")
      : say("Nothing found. Fewer words, another spelling or fewer filters may find more.")),
    since: (number, date) => (number
      ? say_count(number, "{n} result since {day}", "{n} results since {day}", { day: dayOf(date) })
      : say("Nothing found since {day}", { day: dayOf(date) })),
    searching: (number, date) => (number
      ? say_count(number, "{n} result since {day}; searching older ones …", "{n} results since {day}; searching older ones …", { day: dayOf(date) })
      : say("Nothing found since {day}; searching what is older …", { day: dayOf(date) })),
    older: say("Search what is older"),
    more: say("Show more"),
    failed: say("The search can’t be loaded. The pages below lead on; once you are online, load this page again."),
  },
};

/** An element in our own language, wherever it is put. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
