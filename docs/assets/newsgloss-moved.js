// A page that has moved: on to the new one, with the place within it that a redirect in the page itself would lose.

const [, target] = document.querySelector('meta[http-equiv="refresh"]').content.split("url=");
location.replace(target + location.search + location.hash);
