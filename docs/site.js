document.addEventListener("click", async (event) => {
  const button = event.target.closest(".exhibits button");
  if (!button) return;
  await navigator.clipboard.writeText(button.textContent);
  button.classList.add("taken");
  setTimeout(() => button.classList.remove("taken"), 600);
});
