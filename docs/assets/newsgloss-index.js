// The index of the search as the site serves it. A copy on a disk has a file of its own in this one's place:
// build_scripts/offline/index.js.

/** Where the page of a record stands. */
export const pageOf = (url) => url;

/** Pagefind's functions; by filter its choices as [id, label]; by record the numbers of its choices, newest first. */
export async function load(index) {
  const [pagefind, answer] = await Promise.all([
    import(new URL("pagefind.js", index)),
    fetch(new URL("facets.json", index), { cache: "no-cache" }),
  ]);
  return { pagefind, ...(await answer.json()) };
}
