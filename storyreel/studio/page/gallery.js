// The gallery: what there is, each thing with what is to be written for it; a click copies that.

const made = (name, props = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...inside);
  return element;
};

function figure(kind, one, copied) {
  const address = `gallery/${kind}/${encodeURIComponent(one.file)}`;
  const shown = one.heard
    ? made("audio", { controls: true, preload: "none", src: address })
    : made("img", { src: address, alt: one.name, width: 216, height: 270, loading: "lazy" });
  const code = made("button", { className: "yaml", title: "Copy", textContent: one.yaml });
  code.addEventListener("click", () => copied(one.yaml));
  return made("figure", {}, shown, made("figcaption", {}, made("b", { textContent: one.name }), made("small", { textContent: one.about.replaceAll("`", "") }), code));
}

/** Fills the dialog when it is first opened, and one kind when that is first asked for. */
export class Gallery {
  #dialog;
  #copied;

  constructor(dialog, copied) {
    this.#dialog = dialog;
    this.#copied = copied;
  }

  async toggle() {
    if (this.#dialog.open) return this.#dialog.close();
    this.#dialog.showModal();
    const tabs = this.#dialog.querySelector("nav");
    if (tabs.childElementCount) return;
    for (const kind of await (await fetch("gallery")).json()) {
      const tab = made("button", { textContent: kind });
      tab.addEventListener("click", () => this.#show(kind, tab));
      tabs.append(tab);
    }
    tabs.firstElementChild.click();
  }

  async #show(kind, tab) {
    for (const one of tab.parentElement.children) one.setAttribute("aria-pressed", one === tab);
    const rooms = await (await fetch(`gallery/${kind}`)).json();
    if (tab.getAttribute("aria-pressed") !== "true") return; // another kind was asked for meanwhile
    const halls = rooms.flatMap(({ title, exhibits }) => [
      made("h3", { textContent: title }),
      made("div", { className: "hall" }, ...exhibits.map((one) => figure(kind, one, this.#copied))),
    ]);
    this.#dialog.querySelector("section").replaceChildren(...halls);
  }
}
