// Bare Eleventy: Markdown as it is, one layout, no second template language in the texts.
export default function (configuration) {
  configuration.setQuietMode(true);
  configuration.setUseGitIgnore(false);
}

export const config = {
  dir: { input: "content", includes: "../layouts", data: "../data", output: "site" },
  markdownTemplateEngine: false,
  templateFormats: ["md"],
};
