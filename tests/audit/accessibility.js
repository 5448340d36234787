// Runs axe over one page of every kind, and over what readers open on it, narrow and wide, light and dark.
// No violation is accepted.
// Usage: node accessibility.js SITE

import axe from "axe-core";
import { chromium } from "playwright-core";

import { CHROMIUM, CHROMIUM_FLAGS, FRAMED, KINDS, PARTS, sampleOf, serve } from "./site.js";

const WIDTHS = [375, 1280];
// Material's name of each palette, and what a reader's system would ask for.
const PALETTES = { default: "light", slate: "dark" };

// What a reader opens: the kind of page, how, and what must be seen then.
const OPENED = {
  "a check's card": ["articles/*/", (page) => page.locator("sup.check > a").first().click(), ".ng-card"],
  "a name's card": ["articles/*/", (page) => page.locator("a:has(> .mention)").first().click(), ".ng-card"],
  "the bar": ["articles/*/", (page) => page.locator(".ng-bar > [aria-expanded]").click(), ".ng-bar [aria-pressed]"],
  "what the search found": ["search/", (page) => page.getByRole("searchbox").fill("russia"), ".ng-found li"],
  "verdicts to guess": ["articles/*/", (page) => press(page, "Guess first"), ".ng-bar [aria-pressed]"],
  "sentences folded": ["articles/*/", (page) => press(page, "Condensed"), ".article-text [aria-expanded]"],
  "one verdict chosen": ["claims/", (page) => page.getByRole("checkbox").first().check(), "article li"],
  "the keys": ["articles/*/", (page) => page.keyboard.press("?"), ".ng-help"],
};

async function press(page, name) {
  await page.locator(".ng-bar > [aria-expanded]").click();
  await page.getByRole("button", { name, exact: true }).click();
}

async function audit(page, url, palette, open) {
  await page.goto(url);
  // Half-way through a fade the contrast is neither palette's.
  await page.addStyleTag({ content: "*, ::before, ::after { transition: none !important; animation: none !important; }" });
  await page.evaluate((name) => document.body.setAttribute("data-md-color-scheme", name), palette);
  await open(page);
  await page.evaluate(axe.source);
  return page.evaluate(() => window.axe.run(document, { resultTypes: ["violations", "incomplete"] }));
}

/** Every result of axe, with what was seen and how. */
async function auditAll(browser, root, views) {
  const results = [];
  for (const width of WIDTHS) {
    for (const [palette, colorScheme] of Object.entries(PALETTES)) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      for (const { name, address, open } of views) {
        const { violations, incomplete } = await audit(page, root + address, palette, open);
        results.push({ name, view: `${width} px, ${palette}`, violations, incomplete });
      }
      await context.close();
    }
  }
  return results;
}

/** A fault of a template is on every page, in every view: each rule and element once, with all its places. */
function describe(results) {
  const faults = new Map();
  for (const { name, view, violations } of results) {
    for (const { id, impact, help, nodes } of violations) {
      for (const { html } of nodes) {
        const key = `${id} (${impact}): ${help}\n    at ${html.replace(/\s+/g, " ").slice(0, 200)}`;
        const fault = faults.get(key) ?? { names: new Set(), views: new Set() };
        fault.names.add(name);
        fault.views.add(view);
        faults.set(key, fault);
      }
    }
  }
  return [...faults].map(
    ([key, { names, views }]) => `${key}\n    on ${[...names].join(", ")}\n    in ${[...views].join("; ")}`,
  );
}

/** What to look at: each kind of page as it comes, then what is opened. */
function viewsOf(site) {
  const kinds = [...KINDS, ...FRAMED, ...PARTS.filter((kind) => sampleOf(site, kind))];
  const plain = kinds.map((kind) => ({ kind, address: sampleOf(site, kind), open: async () => {} }));
  const opened = Object.entries(OPENED).map(([what, [kind, act, shown]]) => {
    const open = async (page) => {
      await act(page);
      await page.locator(shown).first().waitFor();
    };
    return { kind: `${kind} with ${what}`, address: sampleOf(site, kind), what, open };
  });
  return [...plain, ...opened].map((view) => (
    { ...view, name: `/${view.address}${view.what ? ` with ${view.what}` : ""}` }
  ));
}

async function main(site) {
  const all = viewsOf(site);
  const missing = all.filter(({ address }) => address === undefined);
  for (const { kind } of missing) console.log(`no page of the kind /${kind}`);
  const views = all.filter(({ address }) => address !== undefined);

  const server = await serve(site);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  try {
    const results = await auditAll(browser, server.url, views);
    const faults = describe(results);
    for (const fault of faults) console.log(fault);
    const undecided = new Set(results.flatMap(({ incomplete }) => incomplete.map(({ id }) => id)));
    console.log(
      `accessibility: ${views.length} views of the site, each narrow and wide, light and dark, axe ${axe.version}: ` +
        `${faults.length} violations, ${missing.length} kinds of page missing` +
        (undecided.size ? `; left to people: ${[...undecided].sort().join(", ")}` : ""),
    );
    return faults.length || missing.length ? 1 : 0;
  } finally {
    await browser.close();
    await server.close();
  }
}

process.exitCode = await main(process.argv[2]);
