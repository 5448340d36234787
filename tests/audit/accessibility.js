// Runs axe over one page of every kind, narrow and wide, light and dark. No violation is accepted.
// Usage: node accessibility.js SITE

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import axe from "axe-core";
import { chromium } from "playwright-core";

// Addresses under the site's root. A star stands for any one folder.
const KINDS = [
  "",
  "articles/*/",
  "claims/",
  "claims/*/",
  "entities/",
  "entities/*/",
  "quotes/",
  "corrections/",
  "methodology/",
  "about/",
  "editing/",
];
const WIDTHS = [375, 1280];
// Material's name of each palette, and what a reader's system would ask for.
const PALETTES = { default: "light", slate: "dark" };
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The pages of a kind, the longest first: it has the most in it that can be wrong. */
function pagesOfKind(site, kind) {
  const [parent, rest] = kind.split("*");
  const folders = rest === undefined ? [parent] : foldersIn(join(site, parent)).map((name) => `${parent}${name}/`);
  const size = (address) => statSync(join(site, address, "index.html")).size;
  return folders
    .filter((address) => existsSync(join(site, address, "index.html")))
    .sort((one, other) => size(other) - size(one));
}

function foldersIn(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Where the site says that it stands. Only there do its absolute links work, such as those of its 404 page. */
function addressOf(site) {
  const found = /<link rel="canonical" href="([^"]+)"/.exec(readFileSync(join(site, "index.html"), "utf8"));
  if (!found) throw new Error("the front page has no canonical address");
  return found[1];
}

/** Answers a request from the built files, so that no server and no network is needed. */
function answerFrom(site, root) {
  return (route) => {
    const url = route.request().url().replace(/[?#].*/, "");
    if (!url.startsWith(root)) return route.abort();
    const path = join(site, decodeURIComponent(url.slice(root.length)));
    const file = url.endsWith("/") ? join(path, "index.html") : path;
    return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  };
}

async function audit(page, url, palette) {
  await page.goto(url);
  // Half-way through a fade the contrast is neither palette's.
  await page.addStyleTag({ content: "*, ::before, ::after { transition: none !important; animation: none !important; }" });
  await page.evaluate((name) => document.body.setAttribute("data-md-color-scheme", name), palette);
  await page.evaluate(axe.source);
  return page.evaluate(() => window.axe.run(document, { resultTypes: ["violations", "incomplete"] }));
}

/** Every result of axe, with the page and the view in which it was seen. */
async function auditAll(browser, site, addresses) {
  const root = addressOf(site);
  const results = [];
  for (const width of WIDTHS) {
    for (const [palette, colorScheme] of Object.entries(PALETTES)) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      await context.route("**/*", answerFrom(site, root));
      const page = await context.newPage();
      for (const address of addresses) {
        const { violations, incomplete } = await audit(page, root + address, palette);
        results.push({ address, view: `${width} px, ${palette}`, violations, incomplete });
      }
      await context.close();
    }
  }
  return results;
}

/** A fault of a template is on every page, in every view: each rule and element once, with all its places. */
function describe(results) {
  const faults = new Map();
  for (const { address, view, violations } of results) {
    for (const { id, impact, help, nodes } of violations) {
      for (const { html } of nodes) {
        const key = `${id} (${impact}): ${help}\n    at ${html.replace(/\s+/g, " ").slice(0, 200)}`;
        const fault = faults.get(key) ?? { pages: new Set(), views: new Set() };
        fault.pages.add(`/${address}`);
        fault.views.add(view);
        faults.set(key, fault);
      }
    }
  }
  return [...faults].map(
    ([key, { pages, views }]) => `${key}\n    on ${[...pages].join(" ")}\n    in ${[...views].join("; ")}`,
  );
}

async function main(site) {
  const missing = KINDS.filter((kind) => pagesOfKind(site, kind).length === 0);
  for (const kind of missing) console.log(`no page of the kind /${kind}`);
  const addresses = KINDS.flatMap((kind) => pagesOfKind(site, kind).slice(0, 1));
  if (!addresses.includes("")) return 1;

  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  try {
    const results = await auditAll(browser, site, addresses);
    const faults = describe(results);
    for (const fault of faults) console.log(fault);
    const undecided = new Set(results.flatMap(({ incomplete }) => incomplete.map(({ id }) => id)));
    console.log(
      `accessibility: ${addresses.length} pages, ${results.length} views, axe ${axe.version}: ` +
        `${faults.length} violations, ${missing.length} kinds of page missing` +
        (undecided.size ? `; left to people: ${[...undecided].sort().join(", ")}` : ""),
    );
    return faults.length || missing.length ? 1 : 0;
  } finally {
    await browser.close();
  }
}

process.exitCode = await main(process.argv[2]);
