// The words that the scripts say, by language, and elements that carry them. The page's own language decides.

const WORDS = {
  en: {
    bar: "Marks in the text",
    layers: {
      people: "People", places: "Places", organisations: "Organisations", other: "Other", quotes: "Quotes",
      checks: "Checks",
    },
    every: "Every mention",
    plain: "Plain text",
    keys: "Keys",
    card: "About these words",
    close: "Close",
    mention: "Named here",
    quote: "Quotation",
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
  },
};
export const LANGUAGE = document.documentElement.lang in WORDS ? document.documentElement.lang : "en";
export const SAY = WORDS[LANGUAGE];

/** Marks an element as ours, wherever it is put: in an article of another language, too. */
export const ours = { lang: LANGUAGE, dir: "ltr" };

/** An element in our own language, wherever it is put. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
