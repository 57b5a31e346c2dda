// The lanes under the picture: what happens when. Dragging moves the playhead; the wheel moves and widens the lanes.

const EDGE = 74; // pixels that the lanes' names take
const LANES = [
  ["ruler", "", 22],
  ["shots", "Shots", 22],
  ["beats", "Beats", 26],
  ["words", "Words", 22],
  ["mouths", "Mouths", 18],
  ["effects", "Effects", 22],
  ["music", "Music", 20],
  ["chunks", "Chunks", 20],
];
const VOICES = ["#7cc4d8", "#f3c6a5", "#b7a3e8", "#9fd3a4", "#e8a3c4", "#d8cf7c"];
const STATES = { waiting: "#3a3a45", drawing: "#f2c26b", failed: "#ff7b72", draft: "#33553f", ready: "#3f7a5c" };

export class Lanes {
  #canvas;
  #context;
  #pixels = 0; // a frame's; 0 for as many as make the film fit
  #from = 0; // the frame at the left edge
  #film = null;
  #states = new Map();
  #due = false;
  playhead = 0;

  /** `moved` is told of the frame that is dragged to, `opened` of a beat that is clicked twice. */
  constructor(home, { begun, moved, ended, opened }) {
    this.#canvas = home.querySelector("canvas");
    this.#context = this.#canvas.getContext("2d");
    Object.assign(this, { begun, moved, ended, opened });
    new ResizeObserver(() => this.draw()).observe(home);
    this.#canvas.addEventListener("pointerdown", (event) => this.#down(event));
    this.#canvas.addEventListener("dblclick", (event) => {
      const beat = this.#film?.beats.find((one) => this.#holds(one, this.#frame(event)));
      if (beat) this.opened(beat);
    });
    this.#canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  take(film, states) {
    this.#film = film;
    this.#states = states;
    this.draw();
  }

  at(frame, follow) {
    this.playhead = frame;
    const x = this.#x(frame);
    if (follow && this.#pixels && (x > this.#width() - 40 || x < EDGE)) this.#from = frame - 40 / this.#pixels;
    this.draw();
  }

  draw() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (this.#film) this.#paint();
    });
  }

  #width() {
    return this.#canvas.clientWidth;
  }

  #scale() {
    return this.#pixels || (this.#width() - EDGE - 16) / this.#film.length;
  }

  #x(frame) {
    return EDGE + (frame - (this.#pixels ? this.#from : 0)) * this.#scale();
  }

  #frame({ offsetX }) {
    return Math.floor((offsetX - EDGE) / this.#scale() + (this.#pixels ? this.#from : 0));
  }

  #holds({ start, end }, frame) {
    return start <= frame && frame < end;
  }

  #down(event) {
    if (event.button || !this.#film) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.begun();
    const move = (moved) => this.moved(this.#frame(moved));
    move(event);
    this.#canvas.addEventListener("pointermove", move);
    this.#canvas.addEventListener("lostpointercapture", () => {
      this.#canvas.removeEventListener("pointermove", move);
      this.ended();
    }, { once: true });
  }

  #wheel(event) {
    event.preventDefault();
    if (!this.#film) return;
    const fit = (this.#width() - EDGE - 16) / this.#film.length;
    const now = this.#scale();
    if (event.ctrlKey || event.metaKey || Math.abs(event.deltaY) > Math.abs(event.deltaX)) {
      const under = (event.offsetX - EDGE) / now + (this.#pixels ? this.#from : 0);
      const next = Math.min(now * Math.exp(-event.deltaY / 300), 24);
      this.#pixels = next <= fit * 1.02 ? 0 : next;
      this.#from = under - (event.offsetX - EDGE) / next;
    } else if (this.#pixels) {
      this.#from += event.deltaX / now;
    }
    const most = this.#film.length - (this.#width() - EDGE - 16) / this.#scale();
    this.#from = Math.max(0, Math.min(this.#from, most));
    this.draw();
  }

  #paint() {
    const [canvas, pen, dense] = [this.#canvas, this.#context, devicePixelRatio];
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== width * dense || canvas.height !== height * dense) {
      Object.assign(canvas, { width: width * dense, height: height * dense });
    }
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.textBaseline = "middle";
    let y = 6;
    for (const [lane, name, tall] of LANES) {
      pen.font = "11px system-ui, sans-serif";
      pen.fillStyle = "#7d7d8a";
      pen.fillText(name, 16, y + tall / 2);
      pen.save();
      pen.beginPath();
      pen.rect(EDGE - 1, y, width, tall);
      pen.clip();
      if (lane === "ruler") this.#ruler(pen, y, tall, width);
      else this.#lane(pen, lane, y + 2, tall - 4, width);
      pen.restore();
      y += tall + 2;
    }
    const x = Math.round(this.#x(this.playhead + 0.5));
    if (x >= EDGE) {
      pen.fillStyle = "#ff8fa3";
      pen.fillRect(x - 0.75, 8, 1.5, height - 14);
      pen.beginPath();
      pen.moveTo(x - 6, 4);
      pen.lineTo(x + 6, 4);
      pen.lineTo(x, 13);
      pen.fill();
    }
  }

  #ruler(pen, y, tall, width) {
    const rate = this.#film.rate[0] / this.#film.rate[1];
    const second = this.#scale() * rate;
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300].find((one) => one * second >= 56) ?? 600;
    pen.fillStyle = "#7d7d8a";
    for (let at = 0; at * rate <= this.#film.length; at = Math.round((at + step) * 10) / 10) {
      const x = this.#x(at * rate);
      if (x < EDGE - 30 || x > width) continue;
      pen.fillRect(x, y + tall - 5, 1, 5);
      pen.fillText(step < 1 ? at.toFixed(1) : `${Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`, x + 4, y + tall / 2);
    }
  }

  #pieces(lane) {
    if (lane === "beats") return this.#film.beats.map((beat) => ({ ...beat, text: beat.summary }));
    if (lane === "chunks") return this.#film.drafts;
    return this.#film.lanes[lane];
  }

  #lane(pen, lane, y, tall, width) {
    const pieces = this.#pieces(lane);
    pieces.forEach((piece, index) => {
      const x = this.#x(piece.start);
      const end = this.#x(piece.end);
      if (end < EDGE || x > width) return;
      const wide = Math.max(end - x - 1, lane === "effects" ? 3 : 1);
      const lit = this.#holds(piece, this.playhead);
      const [fill, ink] = this.#look(lane, piece, index, lit);
      pen.fillStyle = fill;
      pen.beginPath();
      pen.roundRect(x, y, wide, tall, Math.min(4, wide / 2));
      pen.fill();
      // A short sound has its name beside it, where there is room.
      const beside = lane === "effects" && wide < 24;
      const room = beside ? this.#x(pieces[index + 1]?.start ?? Infinity) - x - wide - 6 : wide - 8;
      if (!ink || room < (beside ? 18 : 8)) return;
      pen.font = `${lit ? "600 " : ""}11px system-ui, sans-serif`;
      pen.fillStyle = ink;
      pen.save();
      pen.beginPath();
      const left = beside ? x + wide + 4 : Math.max(x, EDGE) + 5;
      pen.rect(left, y, beside ? Math.min(room, 120) : x + wide - left - 3, tall);
      pen.clip();
      pen.fillText(piece.text, left, y + tall / 2 + 0.5);
      pen.restore();
    });
  }

  /** The colours of a piece: its own, and its text's. */
  #look(lane, piece, index, lit) {
    const voice = () => VOICES[[...new Set(this.#film.lanes.words.map((word) => word.who))].indexOf(piece.who) % VOICES.length];
    if (lane === "shots") return [lit ? "#46506e" : "#343b52", "#cfd6ea"];
    if (lane === "beats") return [lit ? "#5d5188" : ["#3b3556", "#443d62"][index % 2], "#ddd6f5"];
    if (lane === "words") return [lit ? voice() : `${voice()}33`, lit ? "#141417" : voice()];
    if (lane === "mouths") return [lit ? voice() : `${voice()}66`, lit ? "#141417" : "#141417cc"];
    if (lane === "effects") return piece.end - piece.start > 1 ? [lit ? "#5d8a66aa" : "#5d8a6655", "#cfe6d3"] : [lit ? "#9fd3a4" : "#5d8a66", "#9fd3a4"];
    if (lane === "music") return [lit ? "#6b3f55" : "#4a3340", "#f0c7d8"];
    return [STATES[this.#state(index)], null];
  }

  #state(index) {
    const [draft, full] = [this.#film.drafts[index], this.#film.full[index]];
    const [small, large] = [this.#states.get(draft.key), full && this.#states.get(full.key)];
    if (large === "ready" || (!full && small === "ready")) return "ready";
    if (small === "drawing" || large === "drawing") return "drawing";
    if (small === "failed" || large === "failed") return "failed";
    return small === "ready" ? "draft" : "waiting";
  }
}
