// The picture: plays the chunks that are there, and shows stills where one is not, so that nothing is ever blank.

import { Buffer } from "./buffer.js";
import { Newest, Pieces, say } from "./link.js";

const STEP = 1 / 15; // seconds between two pictures while going backwards

/** The picture at an address; null where there is none. */
async function decoded(address) {
  const image = new Image();
  image.src = address ?? "";
  return image.decode().then(() => image, () => null);
}

export class Player extends EventTarget {
  film = null;
  frame = 0;
  rate = 30;
  loop = false;
  backwards = 0; // how fast it goes backwards

  #curtain;
  #still = new Newest((take, frame) => this.#fetch(take, frame));
  #told = new Newest((frame, playing) => say("playhead", { frame, playing }));
  #timer = 0;
  #withdrawn = 0; // the version of which nothing came, after its picture was told
  #glimpsed = false; // whether the curtain shows a version whose chunks nobody knows yet

  constructor(video, curtain) {
    super();
    this.video = video;
    this.#curtain = curtain;
    this.buffer = new Buffer(video, new Pieces(), () => this.frame, (chunk) => this.#laid(chunk));
    video.addEventListener("seeked", () => this.#sought());
    video.addEventListener("ended", () => this.#ended());
    video.addEventListener("waiting", () => this.#check());
    for (const name of ["play", "pause", "ratechange"]) video.addEventListener(name, () => this.#changed());
    const shown = (_, { mediaTime }) => {
      if (!video.paused && !video.seeking) this.#at(Math.floor(mediaTime * this.rate + 0.05));
      video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
  }

  get playing() {
    return !this.video.paused || this.backwards > 0;
  }

  /** What will be seen under the playhead once the next version of the film is here. */
  async glimpse({ take, still }) {
    const { frame } = this;
    const image = this.playing ? null : await decoded(still);
    if (!image || this.playing || this.frame !== frame || this.film?.take >= take || this.#withdrawn >= take) return;
    this.#paint(image);
    this.#glimpsed = true;
    delete this.#curtain.dataset.shown;
  }

  /** The next version will not be here after all: what the last one shows is seen again. */
  withdraw({ take }) {
    this.#withdrawn = take;
    if (!this.#glimpsed) return;
    this.#glimpsed = false;
    if (!this.film) this.#curtain.hidden = true;
    else if (this.buffer.at(this.frame)) this.#sought();
    else this.#raise();
  }

  /** Another version of the film. What it shows under the playhead is known by `told.still`. */
  take(told) {
    this.#freeze();
    this.#glimpsed = false;
    const first = !this.film;
    this.film = told;
    this.rate = told.rate[0] / told.rate[1];
    this.buffer.take({ rate: this.rate, length: told.length, drafts: told.drafts, full: told.full, sound: told.sound });
    const frame = Math.min(told.goes ?? (first ? this.#opens(told) : this.frame), told.length - 1);
    const moved = frame !== this.frame;
    this.frame = frame;
    if (!this.buffer.at(frame)) {
      if (told.still && told.at === frame) this.#draw(told.still, frame, told.take);
      else this.#raise();
    } else {
      this.#sought();
    }
    if (moved) this.seek(frame);
    this.#check();
    this.#changed();
  }

  /** Where the film is opened: at the seconds behind the address's #, or where it was looked at last. */
  #opens({ at }) {
    const seconds = parseFloat(location.hash.slice(1));
    return seconds >= 0 ? Math.floor(seconds * this.rate + 0.001) : at;
  }

  /** A piece of the film is there. */
  has(keys) {
    for (const key of keys) this.buffer.ready.add(key);
    this.buffer.fill();
  }

  seek(frame) {
    if (!this.film) return;
    this.#glimpsed = false;
    this.frame = Math.max(0, Math.min(Math.round(frame), this.film.length - 1));
    if (this.buffer.at(this.frame)) this.video.currentTime = this.#middle();
    else this.#raise();
    this.buffer.fill();
    this.#changed();
  }

  play(speed = this.video.playbackRate) {
    this.#forwards();
    if (!this.film) return;
    this.#glimpsed = false;
    if (this.frame >= this.film.length - 1) this.frame = 0;
    this.video.currentTime = this.#middle();
    this.video.playbackRate = speed;
    this.video.play().catch(() => this.#changed());
  }

  pause() {
    this.#forwards();
    if (this.video.paused) return this.#changed();
    this.video.pause();
    this.seek(this.frame);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Goes backwards, picture by picture. */
  reverse(speed) {
    this.video.pause();
    this.#forwards();
    this.backwards = speed;
    this.#timer = setInterval(() => {
      if (this.frame === 0) return this.pause();
      if (!this.video.seeking) this.seek(this.frame - STEP * this.rate * this.backwards);
    }, STEP * 1000);
    this.#changed();
  }

  #forwards() {
    clearInterval(this.#timer);
    this.backwards = 0;
  }

  /** The middle of a frame's time, in seconds: on its edge a browser may show its neighbour. */
  #middle() {
    return (this.frame + 0.5) / this.rate;
  }

  #at(frame) {
    if (frame === this.frame || !this.film) return;
    this.frame = Math.min(frame, this.film.length - 1);
    if (this.buffer.at(this.frame)) this.#lower();
    this.#changed();
  }

  #ended() {
    if (this.loop) {
      this.frame = 0;
      this.play();
    } else {
      this.seek(this.film.length - 1);
    }
  }

  #laid(chunk) {
    const here = chunk.start <= this.frame && this.frame < chunk.end;
    // The picture that stands is the old chunk's until it is sought again.
    if (here && (this.video.paused || !this.#curtain.hidden)) this.video.currentTime = this.#middle();
    this.dispatchEvent(new Event("laid"));
  }

  #sought() {
    if (!this.buffer.at(this.frame)) return;
    const lower = () => this.buffer.at(this.frame) && !this.video.seeking && this.#lower();
    // The new picture is there with the next frame that the browser composes.
    requestAnimationFrame(() => requestAnimationFrame(lower));
  }

  #check() {
    if (this.film && !this.buffer.at(this.frame)) this.#raise();
  }

  /** What is shown now stays until something better is there. */
  #freeze() {
    const { video } = this;
    if (!this.#curtain.hidden || video.readyState < 2 || !video.videoWidth) return;
    Object.assign(this.#curtain, { width: video.videoWidth, height: video.videoHeight });
    this.#curtain.getContext("2d").drawImage(video, 0, 0);
    this.#curtain.hidden = false;
    this.#check();
    if (this.film && this.buffer.at(this.frame)) this.#sought();
  }

  #raise() {
    this.#curtain.hidden = false;
    if (this.#curtain.dataset.shown !== `${this.film.take}:${this.frame}`) this.#still.want(this.film.take, this.frame);
  }

  #lower() {
    // Beneath a picture of the next version lies that before it.
    if (this.#glimpsed) return;
    this.#curtain.hidden = true;
    delete this.#curtain.dataset.shown;
  }

  async #fetch(take, frame) {
    if (this.buffer.at(frame)) return;
    await this.#draw(`still/${frame}?take=${take}`, frame, take);
  }

  async #draw(address, frame, take) {
    const image = await decoded(address);
    if (!image || this.#glimpsed || frame !== this.frame || take !== this.film.take || this.buffer.at(frame)) return;
    this.#paint(image);
    this.#curtain.dataset.shown = `${take}:${frame}`;
    this.dispatchEvent(new Event("still"));
  }

  #paint(image) {
    Object.assign(this.#curtain, { width: image.naturalWidth, height: image.naturalHeight, hidden: false });
    this.#curtain.getContext("2d").drawImage(image, 0, 0);
  }

  #changed() {
    this.#told.want(this.frame, this.playing);
    this.dispatchEvent(new Event("moved"));
  }
}
