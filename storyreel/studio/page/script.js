// The scene file beside the picture: the beat under the playhead is lit, and its lines lead back to its time.

const PARTS = /(?<note>(?<=^|\s)#.*$)|(?<text>"(?:[^"\\]|\\.)*"|'[^']*')|(?<key>[\w.-]+(?=:(?:\s|$)))/g;

/** A line of YAML as nodes: its keys, texts and comments told apart. */
function coloured(line) {
  const nodes = [];
  let at = 0;
  for (const found of line.matchAll(PARTS)) {
    nodes.push(line.slice(at, found.index));
    const [kind] = Object.entries(found.groups).find(([, said]) => said !== undefined);
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = found[0];
    nodes.push(span);
    at = found.index + found[0].length;
  }
  return [...nodes, line.slice(at) || (nodes.length ? "" : " ")];
}

export class ScriptView {
  #text = null;
  #lit = null;

  /** `gone` is told of a line that is clicked, `opened` of one that is clicked twice. */
  constructor(home, { gone, opened }) {
    this.home = home;
    home.addEventListener("click", ({ target }) => {
      const row = target.closest(".row");
      if (row) gone(Number(row.dataset.line));
    });
    home.addEventListener("dblclick", ({ target }) => {
      const row = target.closest(".row");
      if (row) opened(Number(row.dataset.line));
    });
  }

  take(text) {
    if (text === this.#text) return;
    this.#text = text;
    this.#lit = null;
    const top = this.home.scrollTop;
    this.home.replaceChildren(...text.replace(/\n$/, "").split("\n").map((line, index) => {
      const row = document.createElement("span");
      row.className = "row";
      row.dataset.line = index + 1;
      row.append(...coloured(line));
      return row;
    }));
    this.home.scrollTop = top;
  }

  /** Lights the lines of a beat, and brings them into view. */
  light(beat) {
    const lit = beat ? `${beat.first}-${beat.last}` : "";
    if (lit === this.#lit) return;
    this.#lit = lit;
    const rows = [...this.home.children];
    for (const row of rows) row.classList.remove("in");
    const own = beat ? rows.slice(beat.first - 1, beat.last) : [];
    for (const row of own) row.classList.add("in");
    if (!own.length) return;
    const [top, bottom] = [own[0].offsetTop - this.home.offsetTop, own.at(-1).offsetTop + own.at(-1).offsetHeight - this.home.offsetTop];
    const { scrollTop, clientHeight } = this.home;
    if (top < scrollTop || bottom > scrollTop + clientHeight) {
      this.home.scrollTop = Math.max(0, bottom - top > clientHeight ? top - 20 : (top + bottom - clientHeight) / 2);
    }
  }
}
