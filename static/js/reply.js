// Says so when a reply could not be sent; the words stay in the form.
document.addEventListener("htmx:sendError", ({ target }) => {
  const form = target.closest("[data-lost]");
  if (!form) return;
  form.querySelector("[data-said]")?.remove();
  const said = document.createElement("p");
  said.className = "notice notice--alert";
  said.dataset.said = "";
  said.setAttribute("role", "alert");
  said.textContent = form.dataset.lost;
  form.prepend(said);
});
