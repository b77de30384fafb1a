// Marks, in the contents list, the section that is being read.
const links = new Map();
for (const link of document.querySelectorAll(".toc a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}

const mark = () => {
  const read = [...links.keys()].filter(
    (heading) => heading.getBoundingClientRect().top < innerHeight / 3,
  );
  const current = links.get(read.at(-1));
  for (const link of links.values()) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

// Asked again only when a heading passes the line, not on every movement.
const line = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
for (const heading of links.keys()) line.observe(heading);

const folded = document.querySelector(".toc details");
folded?.addEventListener("click", (event) => {
  if (event.target.closest("a")) folded.open = false;
});
