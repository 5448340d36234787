// The filters of the search: what is offered depends on what was found.

import { SAY, LANGUAGE, make } from "./newsgloss-words.js";

const say = SAY.search;
/** Choices of one filter that are offered: those of most results. */
const MANY = 100;

/** A filter: a box for each choice that would let something through, and for those `asked`. `isLarge`: more may become known. */
export function makeGroup(name, at, choices, asked, isLarge) {
  const languages = new Intl.DisplayNames([LANGUAGE], { type: "language" });
  const options = new Map();
  const element = make("fieldset", {}, make("legend", {}, say.groups[name]));
  const compare = (one, other) => one.rank - other.rank || one.label.localeCompare(other.label, LANGUAGE);

  const offer = ([id, label, rank = 0]) => {
    const known = options.get(id);
    if (known?.isNamed) return;
    const [box, told] = known ? [known.box, known.told] : [make("input", { type: "checkbox" }), make("span", {}, label)];
    const option = known ?? { id, box, told, element: make("label", {}, box, told) };
    Object.assign(option, { rank, isNamed: true, label: name === "language" ? languages.of(id) : label });
    options.set(id, option);
    // A small site tells all of them at once, in their order.
    const next = isLarge && [...options.values()].find((other) => other !== option && compare(option, other) < 0);
    element.insertBefore(option.element, next ? next.element : null);
  };
  choices.forEach(offer);
  for (const id of asked) {
    // Another part may have it, and tell its name.
    if (isLarge && !options.has(id)) {
      offer([id, id, Infinity]);
      options.get(id).isNamed = false;
    }
    if (options.has(id)) options.get(id).box.checked = true;
  }
  const chosen = () => [...options.values()].filter(({ box }) => box.checked).map(({ id }) => id);
  return {
    name,
    element,
    ids: () => chosen().join(),
    /** Whether what was found may be shown, as a function of it. */
    lets: () => {
      const wanted = new Set(chosen());
      return ({ row }) => !wanted.size || row[at].some(([id]) => wanted.has(id));
    },
    /** Offers what `found` have, and tells how many of them; `isOpen`: everything, since others may have what these have not. */
    count: (found, isOpen) => {
      const counts = new Map();
      for (const { row } of found) {
        for (const choice of row[at]) {
          offer(choice);
          counts.set(choice[0], (counts.get(choice[0]) ?? 0) + 1);
        }
      }
      const least = [...counts.values()].sort((one, other) => other - one)[MANY] ?? 0;
      for (const { id, label, box, told, element: option } of options.values()) {
        const count = counts.get(id) ?? 0;
        told.textContent = isOpen ? label : `${label} (${count})`;
        option.hidden = !isOpen && count <= least && !box.checked && box !== document.activeElement;
      }
      element.hidden = options.size < 2 && !chosen().length;
    },
  };
}
