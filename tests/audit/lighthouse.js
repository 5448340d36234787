// Lighthouse, as a phone: what it says of a page of every kind. Performance is asked of articles, which people come for.
// Usage: node lighthouse.js SITE

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { CHROMIUM, CHROMIUM_FLAGS, KINDS, sampleOf, serve } from "./site.js";

const WHOLE = { accessibility: 100, "best-practices": 100, seo: 100 };
const ARTICLE = "articles/*/";
const LEAST = Object.fromEntries(KINDS.map((kind) => [kind, kind === ARTICLE ? { ...WHOLE, performance: 95 } : WHOLE]));

// A busy machine can make any page slow, and none can make it fast.
const TRIES = 3;

/** The best of some tries at what is asked of a page. */
async function bestOf(url, port, least) {
  let result;
  for (let tried = 0; tried < TRIES; tried += 1) {
    result = await scoresOf(url, port, Object.keys(least));
    if (Object.entries(least).every(([name, score]) => result.scores[name] >= score)) return { ...result, isShort: false };
  }
  return { ...result, isShort: true };
}

/** Lighthouse's scores in hundredths, and the audits that cost any. */
async function scoresOf(url, port, categories) {
  const { lhr } = await lighthouse(url, { port, logLevel: "error", onlyCategories: categories });
  const scores = {};
  const lost = [];
  for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
    scores[name] = Math.round(score * 100);
    const imperfect = auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1);
    lost.push(...imperfect.map(({ id }) => `${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""}`.trim()));
  }
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  return { scores, lost, version: lhr.lighthouseVersion };
}

async function main(site) {
  const server = await serve(site);
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: [...CHROMIUM_FLAGS, "--headless=new"] });
  let short = 0;
  let version = "";
  try {
    for (const [kind, least] of Object.entries(LEAST)) {
      const address = sampleOf(site, kind);
      if (address === undefined) throw new Error(`no page of the kind /${kind}`);
      const result = await bestOf(server.url + address, chrome.port, least);
      version = result.version;
      short += result.isShort;
      const shown = Object.entries(result.scores).map(([name, score]) => `${name} ${score}`).join(", ");
      console.log(`${result.isShort ? "TOO LOW " : ""}/${address}: ${shown}`);
      if (result.isShort) for (const line of result.lost) console.log(`    ${line}`);
    }
    console.log(`lighthouse ${version}: ${Object.keys(LEAST).length} pages, ${short} below what is asked`);
    return short ? 1 : 0;
  } finally {
    await chrome.kill();
    await server.close();
  }
}

process.exitCode = await main(process.argv[2]);
