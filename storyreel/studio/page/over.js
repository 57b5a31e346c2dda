// What can be laid over the picture: safe zones, caption boxes, hands, bones, onion skin.

import { Newest } from "./link.js";

const SVG = "http://www.w3.org/2000/svg";
const APART = 4; // frames between two skins of the onion
const SKINS = [-2, -1, 1, 2];

export class Over {
  on = { zone: "", beside: "", captions: false, hands: false, bones: false, skins: false };
  #film = null;
  #frame = 0;
  #bones = [];
  #boned = new Newest((take, frame) => this.#fetchBones(take, frame));
  #skinned = new Newest((take, frame) => this.#fetchSkins(take, frame));

  #besided = new Newest((take, frame, kind) => this.#fetchBeside(take, frame, kind));

  constructor(svg, onion, other) {
    Object.assign(this, { svg, onion, other });
  }

  take(film) {
    this.#film = film;
    this.svg.setAttribute("viewBox", `0 0 ${film.width} ${film.height}`);
    this.draw();
  }

  set(name, value) {
    this.on[name] = value;
    this.#film && this.at(this.#frame, false);
  }

  at(frame, playing) {
    this.#frame = frame;
    if (this.on.bones) this.#boned.want(this.#film.take, frame);
    if (this.on.beside && !playing) this.#besided.want(this.#film.take, frame, this.on.beside);
    else if (!this.on.beside) this.#single();
    this.onion.hidden = !this.on.skins || playing;
    if (!this.onion.hidden) this.#skinned.want(this.#film.take, frame);
    this.draw();
  }

  draw() {
    this.svg.replaceChildren();
    if (!this.#film) return;
    if (this.on.zone) this.#zone(this.#film.zones[this.on.zone]);
    if (this.on.captions) {
      for (const page of this.#now(this.#film.captions)) this.#box(page.box, "#7cc4d8", true);
    }
    if (this.on.bones) for (const bone of this.#bones) this.#bone(bone);
    if (this.on.hands) this.#hands();
  }

  #now(pieces) {
    return pieces.filter(({ start, end }) => start <= this.#frame && this.#frame < end);
  }

  #add(name, said, home = this.svg) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(said)) made.setAttribute(key, value);
    home.append(made);
    return made;
  }

  #rect([left, top, right, bottom]) {
    const { width, height } = this.#film;
    return { x: left * width, y: top * height, width: (right - left) * width, height: (bottom - top) * height };
  }

  #box(box, colour, dashed) {
    const line = this.#film.width / 360;
    const dashes = dashed ? { "stroke-dasharray": `${line * 4} ${line * 3}` } : {};
    this.#add("rect", { ...this.#rect(box), fill: "none", stroke: colour, "stroke-width": line, ...dashes });
  }

  #zone(zone) {
    if (!zone) return;
    const whole = [0, 0, 1, 1];
    const mask = this.#add("mask", { id: "free" });
    this.#add("rect", { ...this.#rect(whole), fill: "white" }, mask);
    for (const box of zone.measured) this.#add("rect", { ...this.#rect(box), fill: "black" }, mask);
    this.#add("rect", { ...this.#rect(whole), fill: "#ff4d5e", opacity: 0.32, mask: "url(#free)" });
    for (const box of zone.text) this.#box(box, "#ffffff", true);
  }

  #bone({ from, to, name }) {
    const { width, height } = this.#film;
    const [x1, y1, x2, y2] = [from[0] * width, from[1] * height, to[0] * width, to[1] * height];
    const line = width / 300;
    this.#add("line", { x1, y1, x2, y2, stroke: "#141417", "stroke-width": line * 2.4, opacity: 0.6 });
    this.#add("line", { x1, y1, x2, y2, stroke: "#ffd27a", "stroke-width": line });
    const joint = this.#add("circle", { cx: x2, cy: y2, r: line * 2.2, fill: "#ff8fa3", stroke: "#141417", "stroke-width": line / 2 });
    this.#add("title", {}, joint).textContent = name;
  }

  #hands() {
    const { width } = this.#film;
    const size = width / 26;
    const held = this.#now(this.#film.holdings).map(({ who, what }) => `${who}: ${what}`);
    (held.length ? held : ["nobody holds anything"]).forEach((said, index) => {
      const y = size * (1.2 + index * 1.6);
      const text = this.#add("text", { x: size, y: y + size, "font-size": size, fill: "#ececf0", "font-family": "system-ui, sans-serif" });
      text.textContent = said;
      const box = { x: size * 0.5, y: y - size * 0.05, width: text.getComputedTextLength() + size, height: size * 1.5 };
      const back = this.#add("rect", { ...box, rx: size * 0.4, fill: "#141417", opacity: 0.75 });
      this.svg.insertBefore(back, text);
    });
  }

  async #fetchBones(take, frame) {
    const answer = await fetch(`bones/${frame}?take=${take}`).catch(() => null);
    if (!answer?.ok) return;
    this.#bones = await answer.json();
    this.draw();
  }

  #single() {
    this.other.hidden = true;
    this.other.parentElement.classList.remove("two");
  }

  async #fetchBeside(take, frame, kind) {
    const image = new Image();
    image.src = `beside/${frame}?take=${take}&${kind}`;
    if (!(await image.decode().then(() => true, () => false)) || this.on.beside !== kind) return;
    this.other.src = image.src;
    this.other.hidden = false;
    this.other.parentElement.classList.add("two");
  }

  async #fetchSkins(take, frame) {
    const frames = SKINS.map((way) => frame + way * APART).filter((one) => one >= 0 && one < this.#film.length);
    const images = await Promise.all(frames.map(async (one) => {
      const image = new Image();
      image.src = `still/${one}?take=${take}`;
      return (await image.decode().then(() => true, () => false)) ? image : null;
    }));
    const shown = images.filter(Boolean);
    if (frame !== this.#frame || !shown.length) return;
    Object.assign(this.onion, { width: shown[0].naturalWidth, height: shown[0].naturalHeight });
    const pen = this.onion.getContext("2d");
    shown.forEach((image, index) => {
      pen.globalAlpha = 1 / (index + 1);
      pen.drawImage(image, 0, 0);
    });
  }
}
