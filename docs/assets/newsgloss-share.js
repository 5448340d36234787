// Links to copy; each stands in the page, too.

import { SAY, make, ours } from "./newsgloss-words.js";

const status = make("div", { role: "status", class: "ng-told", ...ours });
document.body.append(status);

/** A button that copies `text`, or what it gives. */
export function copyButton(text, label = SAY.share.link) {
  const button = make("button", { type: "button", class: "ng-copy", ...ours }, label);
  const tell = (shown, told) => {
    button.textContent = shown;
    status.textContent = told;
  };
  button.addEventListener("click", async () => {
    if (!(await copied(text.call ? text() : text, button))) return;
    tell(SAY.share.copied, SAY.share.copied);
    setTimeout(tell, 2000, label, "");
  });
  return button;
}

/** Whether `text` was copied; else it stands selected behind the button. */
async function copied(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("input", { readonly: "", value: text, "aria-label": SAY.share.hand });
    button.after(field);
    field.select();
    if (!document.execCommand("copy")) return false;
    field.remove();
    button.focus();
  }
  return true;
}

/** The address of an annotation; with its words, where the id is no promise. */
export function permalink(element) {
  const id = element.dataset.a ?? element.id;
  return `${here}#${id}${id.startsWith("m-") ? `:~:text=${directive(element)}` : ""}`;
}

const ROOT = new URL("../", import.meta.url).href;
const pathOf = (url) => url.slice(ROOT.length).replace(/(^|\/)index\.html(?=$|[?#])/, "$1");
const here = published(location.href.replace(/[?#].*$/, ""));

/** An address that others can follow: from a copy on a disk, the one on the site that it was made of. */
function published(url) {
  const canonical = document.querySelector("link[rel=canonical]")?.href;
  if (location.protocol !== "file:" || !canonical) return url;
  return canonical.slice(0, canonical.length - pathOf(location.href.replace(/[?#].*$/, "")).length) + pathOf(url);
}

const plain = (text) => text.replace(/\s+/g, " ");
const code = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");

/** A mention's words, and as many around them as it takes to find them first. */
function directive(element) {
  const page = plain(document.body.innerText);
  const block = element.closest("p, li, td, blockquote, h2, h3, h4, h5, h6").cloneNode(true);
  const parts = [...block.querySelectorAll(`[data-a="${element.dataset.a}"]`)];
  parts[0].prepend("\0");
  parts.at(-1).append("\0");
  const [start, words, end] = plain(block.textContent).split("\0");
  const before = start.split(/(?<= )/).reverse();
  const after = end.split(/(?= )/);
  for (let count = 0; ; count += 1) {
    const prefix = before.slice(0, count).reverse().join("");
    const suffix = after.slice(0, count).join("");
    if (count < 9 && page.split(prefix + words + suffix).length !== 2) continue;
    return (prefix.trim() && `${code(prefix)}-,`) + code(words) + (suffix.trim() && `,-${code(suffix)}`);
  }
}

for (const place of document.querySelectorAll(".share")) {
  const words = place.closest("li").querySelector('[href*="#q-"], [href*="#c-"]');
  place.append(" ", copyButton(words ? published(words.href) : here));
}
