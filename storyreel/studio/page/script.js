// The scene file beside the picture, as it was saved last: the beat under the playhead is lit, its lines lead back to its
// time, and what is wrong is red. The film may be of an older text: only lines that are the same there are its beats'.

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

const linesOf = (text) => text.replace(/\n$/, "").split("\n");

export class ScriptView {
  file = null;
  #take = 0;
  #text = null;
  #lines = [];
  #filmText = null;
  #filmLines = [];
  #head = 0; // so many lines are the same in the film's text and in this one at the start,
  #tail = 0; // and so many at the end
  #beat = null;
  #marked = "[]";

  /** `gone` is told of a line that is clicked, as the film's text counts it (0 for one that is new), `opened` of one
   * that is clicked twice, as it stands here. */
  constructor(home, { gone, opened }) {
    this.home = home;
    home.addEventListener("click", ({ target }) => {
      const row = target.closest(".row");
      if (row) gone(this.#there(Number(row.dataset.line)));
    });
    home.addEventListener("dblclick", ({ target }) => {
      const row = target.closest(".row");
      if (row) opened(Number(row.dataset.line));
    });
  }

  /** The file as it was saved; whether it is right is told later. */
  show({ file, text, take }) {
    Object.assign(this, { file });
    this.#take = take;
    if (text === this.#text) return;
    const [before, top] = [this.#text === null ? null : this.#lines, this.home.scrollTop];
    this.#text = text;
    this.#lines = linesOf(text);
    this.#marked = "[]";
    this.home.replaceChildren(...this.#lines.map((line, index) => {
      const row = document.createElement("span");
      row.className = "row";
      row.dataset.line = index + 1;
      row.append(...coloured(line));
      return row;
    }));
    this.home.scrollTop = top;
    this.#pair();
    this.#relight();
    const first = before ? this.#lines.findIndex((line, index) => line !== before[index]) : -1;
    if (first >= 0) this.#reveal([this.home.children[first]]);
  }

  /** The film of a text, which is the newest one. */
  take(film) {
    this.show(film);
    if (film.text === this.#filmText) return;
    this.#filmText = film.text;
    this.#filmLines = linesOf(film.text);
    this.#beat = null;
    this.#pair();
    this.#relight();
  }

  /** Lights the lines of one of the film's beats, and brings them into view. */
  light(beat) {
    if (beat?.first === this.#beat?.first && beat?.last === this.#beat?.last) return;
    this.#beat = beat;
    this.#reveal(this.#relight());
  }

  /** Marks the lines in which something is wrong, if that is said of this text. */
  mark({ take, messages }) {
    if (take !== this.#take) return;
    const wrong = messages.filter(({ level, file, line }) => level === "error" && file === this.file && line > 0);
    const rows = [...this.home.children];
    // What is missing at the end may be missed in the line after it.
    const said = wrong.map(({ line, column, text }) => [Math.min(line, rows.length), column, text]);
    if (JSON.stringify(said) === this.#marked) return;
    this.#marked = JSON.stringify(said);
    for (const row of rows) {
      row.classList.remove("bad");
      row.removeAttribute("title");
    }
    for (const [line, column, text] of said) {
      const row = rows[line - 1];
      row.classList.add("bad");
      row.title = [row.title, `${line}:${column} ${text}`].filter(Boolean).join("\n");
    }
    if (said.length) this.#reveal([rows[Math.min(...said.map(([line]) => line)) - 1]]);
  }

  /** Where a line of the film's text stands now, or what stands in its place. */
  here(line) {
    return this.#same(line) || Math.max(1, Math.min(line, this.#lines.length - this.#tail));
  }

  #pair() {
    const [old, now] = [this.#filmLines, this.#lines];
    const most = Math.min(old.length, now.length);
    this.#head = this.#tail = 0;
    while (this.#head < most && old[this.#head] === now[this.#head]) this.#head += 1;
    while (this.#tail < most - this.#head && old.at(-1 - this.#tail) === now.at(-1 - this.#tail)) this.#tail += 1;
  }

  /** The line here that is a line of the film's text; 0 where that was changed. */
  #same(line) {
    if (line <= this.#head) return line;
    return line > this.#filmLines.length - this.#tail ? line + this.#lines.length - this.#filmLines.length : 0;
  }

  /** The line of the film's text that is a line here; 0 where this one is new. */
  #there(line) {
    if (line <= this.#head) return line;
    return line > this.#lines.length - this.#tail ? line + this.#filmLines.length - this.#lines.length : 0;
  }

  /** Lights what there is of the beat; gives those rows. */
  #relight() {
    const rows = [...this.home.children];
    for (const row of rows) row.classList.remove("in");
    if (!this.#beat) return [];
    const { first, last } = this.#beat;
    const own = rows.filter((_, index) => {
      const line = this.#there(index + 1);
      return first <= line && line <= last;
    });
    for (const row of own) row.classList.add("in");
    return own;
  }

  #reveal(own) {
    if (!own.length) return;
    const [top, bottom] = [own[0].offsetTop - this.home.offsetTop, own.at(-1).offsetTop + own.at(-1).offsetHeight - this.home.offsetTop];
    const { scrollTop, clientHeight } = this.home;
    if (top < scrollTop || bottom > scrollTop + clientHeight) {
      this.home.scrollTop = Math.max(0, bottom - top > clientHeight ? top - 20 : (top + bottom - clientHeight) / 2);
    }
  }
}
