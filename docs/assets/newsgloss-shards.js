// The index of the search as one, in however many parts: a large site has one for each time, the newest first, and only those
// that are asked are loaded. What a record scores does not depend on the part that it is in, so that the order is that of all.

import { load } from "./newsgloss-index.js";

/** Pagefind's own weights: how soon more of a word counts less, what a record's length counts, what a word in the title does. */
const SATURATION = 1.4;
const LENGTH = 0.75;
const TITLE = 5;
/** Pagefind takes no higher one. */
const HIGHEST = 2;
/** Ends no word. */
const NEVER = "\uffff";

/** How rare words are where `found` of `all` records have them, as Pagefind reckons. */
const rarity = (all, found) => Math.log((all - found + 0.5) / (found + 0.5) + 1);

/** Does something once; again only where it failed. */
function once(work) {
  let done;
  return () => (done ??= work().catch((error) => {
    done = undefined;
    throw error;
  }));
}

/** Weights under which records of a part score as they would among all, whose words are `usual` times as many; and what is left to divide by. */
function weights(usual) {
  const saturation = Math.min(HIGHEST, SATURATION * (1 - LENGTH + LENGTH * usual));
  const factor = (saturation + 1) / (SATURATION + 1);
  const pageLength = 1 - SATURATION * (1 - LENGTH) / saturation;
  return { factor, ranking: { termSaturation: saturation, pageLength, metaWeights: { title: TITLE * factor } } };
}

/** The records with words that begin with `term`. Where there are none Pagefind takes the longest word that `term` begins with. */
async function beginning(search, term) {
  const found = await search(term);
  if (!found.length || (await search(`"${term}"`)).length) return found;
  const same = (await search(term + NEVER)).find(({ id }) => id === found[0].id);
  return String(same?.words) === String(found[0].words) ? [] : found;
}

/** A part that is loaded, as a function that answers a query: null for everything, words, or a phrase in quotation marks. */
function answering({ pagefind, factor = 1, number = 0, choices, records, undated = [] }) {
  const ids = Object.keys(records);
  const place = new Map(ids.map((id, at) => [id, at]));
  const dated = ids.length - undated.length;
  const search = async (query) => (await pagefind.search(query)).results.filter(({ id }) => place.has(id));
  const known = (result) => ({
    result,
    row: records[result.id].map((numbers, at) => numbers.map((one) => Object.values(choices)[at][one])),
    place: place.get(result.id),
    number,
    name: undated[place.get(result.id) - dated],
  });
  return async (query) => {
    const all = await search(query);
    const terms = query && !query.startsWith('"') ? [...new Set(query.split(" "))] : [];
    const found = await Promise.all(terms.map((term) => beginning(search, term)));
    const scores = found.map((results) => new Map(results.map(({ id, score }) => [id, score / factor / rarity(ids.length, results.length)])));
    const plain = (score) => (query ? score === 1 ? 1 : score / factor : 0);
    return {
      size: ids.length,
      counts: scores.map(({ size }) => size),
      results: all.filter(({ id }) => scores.every((score) => score.has(id)))
        .map((result) => ({ ...known(result), scores: terms.length ? scores.map((score) => score.get(result.id)) : [plain(result.score)] })),
      near: () => all.map((result) => ({ ...known(result), scores: [plain(result.score)] })),
    };
  };
}

/** By score; then the newest first; what has no date by its name. */
function inOrder(one, other) {
  const byName = (one.name !== undefined) - (other.name !== undefined);
  return other.score - one.score || byName
    || (one.name === undefined ? one.number - other.number || one.place - other.place : one.name < other.name ? -1 : 1);
}

/** What several parts answered, as one. Where every part was asked and has nothing, `isAll`, whatever comes near will do. */
export function merged(answers, isAll) {
  const size = answers.reduce((sum, answer) => sum + answer.size, 0);
  const weight = (at) => rarity(size, answers.reduce((sum, answer) => sum + answer.counts[at], 0));
  const exact = answers.flatMap(({ results }) => results);
  const isNear = isAll && !exact.length;
  const rarities = (answers[0]?.counts ?? []).map((_count, at) => isNear ? 1 : weight(at));
  return (isNear ? answers.flatMap(({ near }) => near()) : exact)
    // Rounded, since a part reckons with fewer digits than decide.
    .map((found) => ({ ...found, score: Math.round(1e3 * found.scores.reduce((sum, score, at) => sum + score * (rarities[at] ?? 1), 0)) }))
    .sort(inOrder);
}

/**
 * The parts of the index, the newest first, and what can be chosen before any is asked. Each part: its first day, its languages,
 * and a function that loads it, and answers a query.
 */
export async function loadParts(index) {
  const { pagefind, base, top, get } = await load(index);
  if (!top.shards) {
    const answer = answering({ pagefind, ...top });
    return { choices: top.choices, parts: [{ since: "", languages: top.choices.language?.map(([id]) => id) ?? [], ask: answer }] };
  }
  const all = top.shards.reduce((sum, [, , size]) => sum + size, 0);
  const parts = top.shards.map(([name, since, size, languages, tag], number) => {
    const loaded = once(async () => {
      const facets = await get(`${name}/facets.json?${tag}`);
      const { factor, ranking } = weights(facets.words / size / (top.words / all));
      const instance = pagefind.createInstance({ basePath: base, metaCacheTag: "" });
      await instance.init();
      await instance.mergeIndex(`${base}${name}/`, { metaCacheTag: tag, ranking });
      return { ...facets, answer: answering({ pagefind: instance, factor, number, ...facets }) };
    });
    return { since, languages, loaded, ask: async (query) => (await loaded()).answer(query) };
  });
  const { choices } = await parts[0].loaded();
  const spoken = [...new Set(top.shards.flatMap(([, , , languages]) => languages))].sort();
  return { choices: { ...choices, speaker: [], language: spoken.map((id) => [id, id, 0]) }, parts };
}
