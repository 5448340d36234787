// The words that the scripts say, by language, and elements that carry them. The page's own language decides.

const WORDS = {
  en: {
    dir: "ltr",
    bar: "Marks in the text",
    layers: {
      people: "People", places: "Places", organisations: "Organisations", other: "Other", quotes: "Quotes",
      checks: "Checks",
    },
    every: "Every mention",
    plain: "Plain text",
    views: { condensed: "Condensed", guess: "Guess first" },
    folded: (number) => `… ${number} ${number === 1 ? "sentence" : "sentences"}`,
    think: "What do you think first? Show the verdict",
    keys: "Keys",
    card: "About these words",
    close: "Close",
    mention: "Named here",
    quote: (number, all) => `Quotation ${number} of ${all}`,
    check: (number, all) => `Check ${number} of ${all}`,
    full: "Full check",
    note: "Note",
    help: [
      ["n", "the next mark in the text, with its card"],
      ["p", "the previous one"],
      ["Tab", "from a mark into its card"],
      ["Enter", "opens the card of a name or a check"],
      ["Esc", "closes the card"],
      ["?", "shows these keys"],
    ],
    share: {
      link: "Copy link",
      copied: "Copied",
      hand: "To be copied by hand",
    },
    facets: {
      filter: "Filter",
      words: "Words",
      clear: "Clear filters",
      verdict: "Verdict",
      speaker: "Claimed by",
      article: "Article",
      state: "State",
      all: "All",
      published: "Published",
      shown: (number, all) => (number ? `${number} of ${all} shown` : "Nothing matches all of these filters."),
    },
    search: {
      words: "Search for",
      example: "words, or “a phrase”",
      filters: "Filters",
      groups: { kind: "Kind", verdict: "Verdict", speaker: "Speaker", language: "Language" },
      start: "Type words, or choose a filter.",
      found: (number) => (number
        ? `${number} ${number === 1 ? "result" : "results"}`
        : "Nothing found. Fewer words, another spelling or fewer filters may find more."),
      more: "Show more",
      failed: "The search can’t be loaded. The pages below lead on; once you are online, load this page again.",
    },
  },
};
export const LANGUAGE = document.documentElement.lang in WORDS ? document.documentElement.lang : "en";
export const SAY = WORDS[LANGUAGE];

/** Marks an element as ours, wherever it is put: in an article of another language, too. */
export const ours = { lang: LANGUAGE, dir: SAY.dir };

/** An element in our own language, wherever it is put. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
